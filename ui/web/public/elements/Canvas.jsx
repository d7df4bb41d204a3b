// The readiness board: fixed beside the conversation, a drawer on a phone. It sits in the first message, which never goes away.
import { useEffect, useRef, useState } from 'react';

// Chainlit evaluates this file again at every event; only a component that stays the same keeps its state, its focus and what is being typed.
const kept = ((window.pilotcheck ??= {}).canvas ??= { View: Canvas });
kept.now = { props, callAction };
export default kept.View;

function Canvas() {
  const { props, callAction } = window.pilotcheck.canvas.now;
  const { words, verdict, said } = props;
  const [chosen, choose] = useState('');
  const [open, setOpen] = useState(false);
  const [told, tell] = useState('');
  const button = useRef(null);

  useEffect(() => {
    document.body.classList.add('pc-with-board');
    const leave = (event) => event.key === 'Escape' && close();
    document.addEventListener('keydown', leave);
    return () => {
      document.body.classList.remove('pc-with-board');
      document.removeEventListener('keydown', leave);
    };
  }, []);
  useEffect(() => named(props.names), []);
  useEffect(() => choose(''), [props.turn]);
  useEffect(() => tell(said), [said]);
  const close = () => {
    setOpen(false);
    choose('');
  };
  const shut = () => {
    close();
    button.current?.focus();
  };
  const act = (name, item, more = {}) =>
    callAction({ id: `${name}-${props.thread}-${props.turn}-${item}`, name, label: name, tooltip: '', payload: { item, turn: props.turn, ...more } });
  const shared = { facts: props.facts, words, chosen, choose, act, fixed: props.example };

  return (
    <>
      <div className="sr-only" aria-live="polite">{told}</div>
      <button type="button" className="pc-board-button" ref={button} aria-expanded={open} aria-controls="pc-board" onClick={() => setOpen(!open)}>
        <Ring share={props.heard} />
        <span className="pc-board-verdict">{verdict.line}</span>
        <span aria-hidden="true">{open ? '▴' : '▾'}</span>
        <span className="sr-only">{words.open}</span>
      </button>
      <aside id="pc-board" aria-label={words.title} className={open ? 'pc-board pc-open' : 'pc-board'}>
        <header className="pc-board-head">
          <Ring share={props.heard} />
          <div>
            <h2>{props.title || words.title}</h2>
            <p>{props.heard} % {words.heard}</p>
          </div>
          <button type="button" className="pc-plain pc-board-close" onClick={shut} aria-label={words.close}>✕</button>
        </header>
        <p className={`pc-verdict pc-is-${verdict.key}`}>
          {props.turn > 0 && <small>{words.so_far}</small>}
          {props.turn ? verdict.line : words.empty}
        </p>
        <Part title={words.charter}>
          <Facts items={props.charter} {...shared} />
        </Part>
        <Part title={words.gates}>
          {props.gates.map((gate) => (
            <Row key={gate.key} id={gate.key} title={gate.title} status={gate.status} word={gate.word} text={gate.reason}>
              <Bar share={gate.share} mark={gate.mark} status={gate.status} />
              <Facts items={gate.items} {...shared} />
            </Row>
          ))}
        </Part>
        <Part title={words.owners}>
          {props.owners.map((owner) => (
            <Row key={owner.key} id={owner.key} title={owner.title} status={owner.status} word={owner.word} text={owner.reason}>
              <Facts items={owner.items} {...shared} />
            </Row>
          ))}
        </Part>
        <Part title={words.forces}>
          {props.forces.map((force) => (
            <Row key={force.key} id={force.key} title={force.title} status={force.status} word={force.word} text={force.asks}>
              <Bar share={force.share} status={force.status} />
              <Facts items={force.checks.map((check) => check.item)} {...shared} />
            </Row>
          ))}
        </Part>
        <Part title={words.proof}>
          <p className="pc-small">{props.proof.due}</p>
          <Facts items={props.proof.checks.map((check) => check.item)} {...shared} />
        </Part>
        <Part title={words.running}>
          <Facts items={props.running.map((check) => check.item)} {...shared} />
        </Part>
        {props.other.length > 0 && (
          <Part title={words.other}>
            <Facts items={props.other} {...shared} />
          </Part>
        )}
      </aside>
    </>
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

function Part({ title, children }) {
  return (
    <section className="pc-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Row({ id, title, status, word, text, children }) {
  const [bar, facts] = Array.isArray(children) ? children : [null, children];
  return (
    <details className="pc-row" data-part={id}>
      <summary>
        <span className="pc-row-title">{title}</span>
        <span className={`pc-word pc-is-${status}`}>{word}</span>
        {bar}
      </summary>
      <p className="pc-small">{text}</p>
      {facts}
    </details>
  );
}

function Bar({ share, mark, status }) {
  return (
    <span className="pc-bar" aria-hidden="true">
      <span className={`pc-fill pc-is-${status}`} style={{ width: `${share}%` }} />
      {mark && <span className="pc-mark" style={{ left: `${mark}%` }} />}
    </span>
  );
}

function Ring({ share }) {
  return (
    <svg className="pc-ring" viewBox="0 0 36 36" aria-hidden="true">
      <circle cx="18" cy="18" r="15.9" />
      <circle cx="18" cy="18" r="15.9" pathLength="100" strokeDasharray={`${share} 100`} />
      <text x="18" y="21.5">{share}</text>
    </svg>
  );
}

function Facts({ items, facts, words, chosen, choose, act, fixed }) {
  return (
    <ul className="pc-facts">
      {items.map((item) => {
        const fact = facts[item];
        const heard = fact.state !== 'unasked';
        return (
          <li key={item}>
            <button type="button" className={heard ? 'pc-fact' : 'pc-fact pc-unheard'} aria-expanded={chosen === item} data-item={item} onClick={() => choose(chosen === item ? '' : item)}>
              <span>{fact.label}</span>
              <span className="pc-value" aria-label={heard ? undefined : words.not_heard}>{heard ? fact.value : fixed ? '–' : `+ ${words.add}`}</span>
            </button>
            {chosen === item && <Card fact={fact} heard={heard} words={words} act={act} fixed={fixed} leave={() => choose('')} />}
          </li>
        );
      })}
    </ul>
  );
}

function Card({ fact, heard, words, act, fixed, leave }) {
  const [mode, setMode] = useState(heard ? '' : fixed ? 'explain' : 'correct');
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const once = async (name, more) => {
    if (busy) return;
    setBusy(true);
    try {
      await act(name, fact.item, more);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="pc-card" data-card={fact.item}>
      {fact.quotes.map((quote, number) => (
        <blockquote key={number}>
          <small>{quote.by || words.you_said}</small>
          “{quote.text}”
        </blockquote>
      ))}
      {mode === 'explain' && (
        <p className="pc-small">
          {fact.means}. <b>{words.who_knows}:</b> {fact.who}.
        </p>
      )}
      {mode === 'correct' && (
        <form onSubmit={(event) => { event.preventDefault(); text.trim() && once('correct', { text: text.trim() }); }}>
          <label className="pc-small" htmlFor={`pc-put-${fact.item}`}>{fact.ask}</label>
          <input id={`pc-put-${fact.item}`} autoFocus autoComplete="off" value={text} placeholder={words.put_right} onChange={(event) => setText(event.target.value)} />
          <button type="submit" className="pc-button" disabled={busy || !text.trim()}>{words.send}</button>
        </form>
      )}
      <div className="pc-card-buttons">
        {!fixed && mode !== 'correct' && <button type="button" className="pc-plain" onClick={() => setMode('correct')}>{words.correct}</button>}
        {!fixed && heard && <button type="button" className="pc-plain" disabled={busy} onClick={() => once('clear')}>{words.clear}</button>}
        {mode !== 'explain' && <button type="button" className="pc-plain" onClick={() => setMode('explain')}>{words.explain}</button>}
        <button type="button" className="pc-plain" onClick={leave}>{words.close}</button>
      </div>
    </div>
  );
}
