// What stands under the latest reply: what was heard, to be undone; the choices; what else one can do; how far it is.
const once = (window.pilotcheck ??= {});

export default function Answer() {
  const { words, turn, heard, choices, commands, progress, sources, done } = props;
  const act = (name, id, label, payload) => {
    // Two clicks before the page is drawn again are one; the server counts one as well.
    if (once.pressed === id) return;
    once.pressed = id;
    once.byKey = document.activeElement?.closest('.pc-answer') !== null && document.activeElement.matches(':focus-visible');
    Promise.resolve(callAction({ id, name, label, tooltip: '', payload: { turn, ...payload } })).finally(() => (once.pressed = ''));
  };
  // The whole answer is in view once it is there, and the keyboard goes on where it was.
  const bring = (node) => {
    if (!node || once.shown === props.key) return;
    once.shown = props.key;
    node.closest('.step')?.querySelector('.pc-progress')?.scrollIntoView({ block: 'nearest' });
    if (once.byKey) node.querySelector('.pc-choices button, .pc-proposals input')?.focus();
    once.byKey = false;
  };
  return (
    <div className={props.told ? 'pc-answer pc-told' : 'pc-answer'} data-turn={turn} ref={bring}>
      {props.example && <p className="pc-example">{words.example}</p>}
      {heard.length > 0 && (
        <ul className="pc-chips" aria-label={words.heard}>
          {heard.map((fact) => (
            <li key={fact.item} className="pc-chip">
              <span title={fact.quote && `“${fact.quote}”`}>
                <b>{fact.label}</b> {fact.value}
              </span>
              <button type="button" hidden={props.example} title={words.undo_hint} aria-label={`${words.undo}: ${fact.label}`} onClick={() => act('undo', `undo-${fact.id}`, words.undo, { item: fact.item })}>↶</button>
            </li>
          ))}
        </ul>
      )}
      {props.proposals.length > 0 && <Proposals words={words} proposals={props.proposals} take={(chosen) => act('confirm', `confirm-${props.key}`, words.take, { chosen })} />}
      {choices.length > 0 && (
        <div className="pc-choices" role="group" aria-label={words.choices}>
          {choices.map((choice) => (
            <button type="button" key={choice.id} id={choice.id} onClick={() => act('say', choice.id, choice.text, { say: choice.text })}>{choice.text}</button>
          ))}
        </div>
      )}
      <div className="pc-commands" role="group" aria-label={words.commands}>
        {done && <button type="button" id={`choice-${props.key}-report`} onClick={() => act('report', `choice-${props.key}-report`, words.report, {})}>{words.report}</button>}
        {commands.map((command) => (
          <button type="button" key={command.id} id={command.id} onClick={() => act('press', command.id, command.label, { press: command.key })}>{command.label}</button>
        ))}
        {sources.length > 0 && (
          <button type="button" id={`press-${props.key}-sources`} title={words.sources_hint} onClick={() => act('sources', `press-${props.key}-sources`, words.sources, { ids: sources })}>{words.sources}</button>
        )}
      </div>
      {props.example && done && <a className="pc-button" href="/">{words.example_end}</a>}
      <p className="pc-progress">
        <span className="pc-bar" aria-hidden="true"><span className="pc-fill" style={{ width: `${progress.share}%` }} /></span>
        {progress.text}
      </p>
    </div>
  );
}

// The ticks live in the page, not in React: the whole element is made anew at every event.
function Proposals({ words, proposals, take }) {
  const chosen = (form) => [...form.querySelectorAll('input:checked')].map((box) => Number(box.value));
  return (
    <form className="pc-proposals" aria-label={words.proposals} onSubmit={(event) => { event.preventDefault(); take(chosen(event.currentTarget)); }}>
      <ul>
        {proposals.map((one) => (
          <li key={one.number}>
            <label>
              <input type="checkbox" value={one.number} defaultChecked={!(once.unticked ??= {})[`${props.key}-${one.number}`]} onChange={(event) => (once.unticked[`${props.key}-${one.number}`] = !event.target.checked)} />
              <span>
                <b>{one.label}</b> {one.value} <small>{one.place}</small>
                <q>{one.quote}</q>
              </span>
            </label>
          </li>
        ))}
      </ul>
      <button type="submit" className="pc-button">{words.take}</button>
    </form>
  );
}
