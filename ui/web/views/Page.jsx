// What is ours on the page: ways to begin, the board beside the conversation, and in the latest reply what was heard and can be pressed.
// Everything that changes comes with a message, in its metadata (ui/web/drawing.py): one event is one reply, and nothing else is drawn again.
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useRecoilValue, useSetRecoilState } from 'recoil';
import { addMessage, messagesState, sideViewState, threadHistoryState, useChatInteract, useChatMessages } from '@chainlit/react-client';
import { Dialog, DialogPortal } from '@/components/ui/dialog';

const ours = (message) => message?.metadata?.pilotcheck ?? {};
const isPerson = (message) => message?.type === 'user_message';

export default function Page() {
  const { words, names, latest, lost } = props;
  const { messages } = useChatMessages();
  const { windowMessage } = useChatInteract();
  const setMessages = useSetRecoilState(messagesState);
  const board = ours(messages.findLast((message) => ours(message).board)).board;
  const last = messages.findLast((message) => isPerson(message) || ours(message).answer);
  const resulted = messages.findLast((message) => ours(message).result);
  const turn = board?.turn;

  // What is pressed stands in the conversation at once, and its buttons are gone; two clicks before that are one.
  const waiting = useRef(false);
  useEffect(() => {
    waiting.current = isPerson(last);
  }, [last]);
  const act = useCallback(
    (name, text, payload) => {
      if (waiting.current) return;
      waiting.current = true;
      const id = `pressed-${Date.now()}-${Math.random().toString(36).slice(2)}`;
      setMessages((said) => addMessage(said, { id, threadId: '', name: 'You', type: 'user_message', output: text, createdAt: new Date().toISOString() }));
      windowMessage({ pilotcheck: 'pressed', id, name, turn, ...payload });
    },
    [windowMessage, turn],
  );
  useEffect(() => named(names), []);
  const reading = Boolean(useRecoilValue(sideViewState));
  useLayoutEffect(() => {
    document.body.classList.toggle('pc-reading', reading);
  }, [reading]);

  // Who followed a link to a conversation that is not theirs, or no longer there, comes to this address (ui/web/guard.py). One that was deleted
  // under an open list is missed only by Chainlit: the page is loaded anew, list and all.
  const notHere = location.search === '?not-here';
  useEffect(() => {
    if (lost && !notHere) location.replace('/?not-here');
  }, []);

  // A conversation has its address from the first word on; were it left to Chainlit, a phone had none, and a desktop drew everything twice.
  // A login that runs out while this is open leads back to it.
  const spoken = messages.some(isPerson);
  const example = useRef(false);
  const setHistory = useSetRecoilState(threadHistoryState);
  useEffect(() => {
    const back = sessionStorage.pilotcheckBack;
    delete sessionStorage.pilotcheckBack;
    if (location.pathname !== '/') return;
    if (back) location.replace(back);
    else if (!spoken) setHistory((listed) => ({ ...listed, currentThreadId: undefined })); // none of the list is open
  }, []);
  useEffect(() => {
    if (!spoken || example.current) return;
    const thread = messages[0].threadId;
    sessionStorage.pilotcheckAt = `/thread/${thread}`;
    if (location.pathname !== '/') return;
    history.replaceState(history.state, '', sessionStorage.pilotcheckAt);
    setHistory((listed) => ({ ...listed, currentThreadId: thread }));
  }, [spoken]);
  const play = () => {
    example.current = true;
    windowMessage({ pilotcheck: 'example' });
  };

  return (
    <>
      {!spoken && notHere && (
        <Into message={messages[0].id}>
          <p className="pc-not-here" role="alert">{words.start.not_here}</p>
        </Into>
      )}
      {!spoken && <Start words={words.start} latest={latest} play={play} />}
      {board && <Board {...board} words={words.canvas} cleared={words.answer.cleared} act={act} />}
      {resulted && (
        <Into message={resulted.id} replaces="all">
          <Result {...ours(resulted).result} words={words.result} />
        </Into>
      )}
      {last && !isPerson(last) && (
        <Into message={last.id} replaces={ours(last).answer.replaces}>
          <Answer key={last.id} {...ours(last).answer} words={words.answer} act={act} ask={windowMessage} />
        </Into>
      )}
    </>
  );
}

// A message is Chainlit's to draw; what is ours in it goes there through the only portal that an element can reach. `replaces` says which part of
// the message's text it says better: its "first" paragraph, its "list" or "all" of it.
function Into({ message, replaces, children }) {
  const [place] = useState(() => Object.assign(document.createElement('div'), { className: 'pc-place' }));
  useLayoutEffect(() => {
    const content = document.querySelector(`#step-${CSS.escape(message)} .message-content`);
    if (!content) return;
    if (place.parentNode !== content) content.append(place);
    if (!replaces) return;
    content.classList.add(`pc-replaces-${replaces}`);
    return () => content.classList.remove(`pc-replaces-${replaces}`);
  }, [message, replaces]);
  return (
    <Dialog>
      <DialogPortal forceMount container={place}>
        <div className="pc-place">{children}</div>
      </DialogPortal>
    </Dialog>
  );
}

// Chainlit's own buttons are pictures without a name; they get ours as soon as they are drawn: nobody, and no screen reader, meets one without.
function named(names) {
  const nameless = `:is(${Object.keys(names).join(', ')}):not([data-named])`;
  const give = () => {
    for (const one of document.querySelectorAll(nameless)) {
      const [, name] = Object.entries(names).find(([selector]) => one.matches(selector));
      one.dataset.named = name;
      one.setAttribute('aria-label', name);
    }
    for (const one of document.querySelectorAll('#upload-button[role=presentation], #thread-options:not([role])')) one.setAttribute('role', 'button');
    for (const one of document.querySelectorAll('ul[data-sidebar=menu]:not([role])')) if (one.querySelector(':scope > div')) one.setAttribute('role', 'presentation');
  };
  const watch = new MutationObserver(give);
  watch.observe(document.body, { childList: true, subtree: true });
  give();
  return () => watch.disconnect();
}
