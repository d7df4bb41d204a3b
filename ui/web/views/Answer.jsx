// What stands in the latest reply: what was heard, to be undone; the choices; what else one can do; how far it is.
let byKey = false; // the keyboard goes on where it was

function Answer({ words, turn, heard, proposals, choices, commands, progress, sources, done, example, id, act, ask }) {
  const press = (name, text, payload) => {
    byKey = document.activeElement?.closest('.pc-answer') !== null && document.activeElement.matches(':focus-visible');
    act(name, text, payload);
  };
  const answer = useRef(null);
  useEffect(() => {
    const node = answer.current;
    node.querySelector('.pc-progress').scrollIntoView({ block: 'nearest' }); // the whole answer is in view once it is there
    if (byKey) (node.querySelector('.pc-choices button, .pc-proposals input') ?? document.getElementById('chat-input'))?.focus();
    byKey = false;
  }, []);
  return (
    <div className="pc-answer" data-turn={turn} ref={answer}>
      {example && <p className="pc-example">{words.example}</p>}
      {heard.length > 0 && (
        <ul className="pc-chips" aria-label={words.heard}>
          {heard.map((fact) => (
            <li key={fact.item} className="pc-chip">
              <span title={fact.quote && `“${fact.quote}”`}>
                <b>{fact.label}</b> {fact.value}
              </span>
              <button type="button" hidden={example} title={words.undo_hint} aria-label={`${words.undo}: ${fact.label}`} onClick={() => press('undo', fact.undone, { item: fact.item })}>↶</button>
            </li>
          ))}
        </ul>
      )}
      {proposals.length > 0 && <Proposals words={words} proposals={proposals} take={(chosen) => press('confirm', chosen.length ? words.taken.replace('{numbers}', chosen.join(', ')) : words.none_taken, { chosen })} />}
      {choices.length > 0 && (
        <div className="pc-choices" role="group" aria-label={words.choices}>
          {choices.map((choice) => (
            <button type="button" key={choice.id} id={choice.id} onClick={() => press('say', choice.text, { say: choice.text })}>{choice.text}</button>
          ))}
        </div>
      )}
      <div className="pc-commands" role="group" aria-label={words.commands}>
        {done && <button type="button" id={`choice-${id}-report`} onClick={() => ask({ pilotcheck: 'report' })}>{words.report}</button>}
        {commands.map((command) => (
          <button type="button" key={command.id} id={command.id} onClick={() => press('press', command.label, { press: command.key })}>{command.label}</button>
        ))}
        {sources.length > 0 && (
          <button type="button" id={`press-${id}-sources`} title={words.sources_hint} onClick={() => ask({ pilotcheck: 'sources', ids: sources })}>{words.sources}</button>
        )}
      </div>
      {example && done && <a className="pc-button" href="/">{words.example_end}</a>}
      <p className="pc-progress">
        <span className="pc-bar" aria-hidden="true"><span className="pc-fill" style={{ width: `${progress.share}%` }} /></span>
        {progress.text}
      </p>
    </div>
  );
}

function Proposals({ words, proposals, take }) {
  const chosen = (form) => [...form.querySelectorAll('input:checked')].map((box) => Number(box.value));
  return (
    <form className="pc-proposals" aria-label={words.proposals} onSubmit={(event) => { event.preventDefault(); take(chosen(event.currentTarget)); }}>
      <ul>
        {proposals.map((one) => (
          <li key={one.number}>
            <label>
              <input type="checkbox" value={one.number} defaultChecked />
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
