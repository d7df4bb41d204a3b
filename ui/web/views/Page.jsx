// What is ours on the page: ways to begin, the board beside the conversation, and in the latest reply what was heard and can be pressed.
// Everything that changes comes with a message, in its metadata (ui/web/drawing.py): one event is one reply, and nothing else is drawn again.
import { memo, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useChatInteract, useChatMessages } from '@chainlit/react-client';
import { Dialog, DialogPortal } from '@/components/ui/dialog';

export default function Page() {
  const { words, names, latest } = props;
  const { messages } = useChatMessages();
  const { sendMessage, windowMessage } = useChatInteract();
  const ours = (message) => message.metadata?.pilotcheck ?? {};
  const isPerson = (message) => message.type === 'user_message';
  const board = ours(messages.findLast((message) => ours(message).board) ?? {}).board;
  const last = messages.findLast((message) => isPerson(message) || ours(message).answer);
  const resulted = messages.findLast((message) => ours(message).result);

  // Two clicks before the page is drawn again are one. What was pressed stands in the conversation at once, and its buttons are gone.
  const sent = useRef(false);
  useEffect(() => {
    sent.current = Boolean(last && isPerson(last));
  }, [last]);
  const turn = board?.turn;
  const act = useCallback(
    (name, text, payload) => {
      if (sent.current) return;
      sent.current = true;
      sendMessage({ threadId: '', name: 'You', type: 'user_message', output: text, metadata: { pilotcheck: { name, turn, ...payload } } });
    },
    [sendMessage, turn],
  );
  useEffect(() => named(names), []);

  return (
    <>
      {!messages.some(isPerson) && <Start words={words.start} latest={latest} ask={windowMessage} />}
      {board && <Board {...board} words={words.canvas} cleared={words.answer.cleared} act={act} />}
      {resulted && (
        <Into message={resulted.id}>
          <Result {...ours(resulted).result} words={words.result} />
        </Into>
      )}
      {last && !isPerson(last) && (
        <Into message={last.id}>
          <Answer key={last.id} {...ours(last).answer} words={words.answer} act={act} ask={windowMessage} />
        </Into>
      )}
    </>
  );
}

// A message is Chainlit's to draw; what is ours in it goes there through the only portal that an element can reach.
function Into({ message, children }) {
  const [place] = useState(() => Object.assign(document.createElement('div'), { className: 'pc-place' }));
  useLayoutEffect(() => {
    const content = document.querySelector(`#step-${CSS.escape(message)} .message-content`);
    if (content && place.parentNode !== content) content.append(place);
  });
  return (
    <Dialog>
      <DialogPortal forceMount container={place}>
        <div className="pc-place">{children}</div>
      </DialogPortal>
    </Dialog>
  );
}

// Chainlit's own buttons are pictures without a name; they get ours as soon as they are drawn.
function named(names) {
  const give = () => {
    for (const [selector, name] of Object.entries(names))
      for (const one of document.querySelectorAll(selector)) if (one.getAttribute('aria-label') !== name) one.setAttribute('aria-label', name);
    for (const one of document.querySelectorAll('#upload-button[role=presentation], #thread-options:not([role])')) one.setAttribute('role', 'button');
    for (const one of document.querySelectorAll('ul[data-sidebar=menu]:has(> div):not([role])')) one.setAttribute('role', 'presentation');
  };
  const watch = new MutationObserver(give); // at once: nobody, and no screen reader, meets a button without its name
  watch.observe(document.body, { childList: true, subtree: true });
  give();
  return () => watch.disconnect();
}
