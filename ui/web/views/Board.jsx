// The readiness board: fixed beside the conversation, a drawer on a phone.
const Board = memo(function Board({ words, cleared, act, ...board }) {
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
  useEffect(() => choose(''), [board.turn]);
  useEffect(() => tell(board.said), [board.said]);
  const close = () => {
    setOpen(false);
    choose('');
  };
  const shut = () => {
    close();
    button.current?.focus();
  };
  const shared = { facts: board.facts, words, cleared, chosen, choose, act, fixed: board.example };

  return (
    <>
      <div className="sr-only" aria-live="polite">{told}</div>
      <button type="button" className="pc-board-button" ref={button} aria-expanded={open} aria-controls="pc-board" onClick={() => setOpen(!open)}>
        <Ring share={board.heard} />
        <span className="pc-board-verdict">{board.turn ? board.verdict.line : words.title}</span>
        <span aria-hidden="true">{open ? '▴' : '▾'}</span>
        <span className="sr-only">{words.open}</span>
      </button>
      <aside id="pc-board" aria-label={words.title} className={open ? 'pc-board pc-open' : 'pc-board'}>
        <header className="pc-board-head">
          <Ring share={board.heard} />
          <div>
            <h2>{board.title || words.title}</h2>
            <p>{board.heard} % {words.heard}</p>
          </div>
          <button type="button" className="pc-plain pc-board-close" onClick={shut} aria-label={words.close}>✕</button>
        </header>
        <p className={`pc-verdict pc-is-${board.verdict.key}`}>
          {board.turn > 0 && <small>{words.so_far}</small>}
          {board.turn ? board.verdict.line : words.empty}
        </p>
        <Part title={words.charter}>
          <Facts items={board.charter} {...shared} />
        </Part>
        <Part title={words.gates}>
          {board.gates.map((gate) => <Row key={gate.key} part={gate} text={gate.reason} items={gate.items} shared={shared} />)}
        </Part>
        <Part title={words.owners}>
          {board.owners.map((owner) => <Row key={owner.key} part={owner} text={owner.reason} items={owner.items} shared={shared} />)}
        </Part>
        <Part title={words.forces}>
          {board.forces.map((force) => <Row key={force.key} part={force} text={force.asks} items={force.checks.map((check) => check.item)} shared={shared} />)}
        </Part>
        <Part title={words.proof}>
          <p className="pc-small">{board.proof.due}</p>
          <Facts items={board.proof.checks.map((check) => check.item)} {...shared} />
        </Part>
        <Part title={words.running}>
          <Facts items={board.running.map((check) => check.item)} {...shared} />
        </Part>
        {board.other.length > 0 && (
          <Part title={words.other}>
            <Facts items={board.other} {...shared} />
          </Part>
        )}
      </aside>
    </>
  );
});

function Part({ title, children }) {
  return (
    <section className="pc-part">
      <h3>{title}</h3>
      {children}
    </section>
  );
}

// A gate, an owner or a force; an owner is there or not, so it has no bar.
function Row({ part, text, items, shared }) {
  return (
    <details className="pc-row" data-part={part.key}>
      <summary>
        <span className="pc-row-title">{part.title}</span>
        <span className={`pc-word pc-is-${part.status}`}>{part.word}</span>
        {'share' in part && <Bar share={part.share} mark={part.mark} status={part.status} />}
      </summary>
      <p className="pc-small">{text}</p>
      <Facts items={items} {...shared} />
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

function Facts({ items, facts, words, cleared, chosen, choose, act, fixed }) {
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
            {chosen === item && <Card fact={fact} heard={heard} words={words} cleared={cleared} act={act} fixed={fixed} leave={() => choose('')} />}
          </li>
        );
      })}
    </ul>
  );
}

function Card({ fact, heard, words, cleared, act, fixed, leave }) {
  const [mode, setMode] = useState(heard ? '' : fixed ? 'explain' : 'correct');
  const [text, setText] = useState('');
  const send = (event) => {
    event.preventDefault();
    if (text.trim()) act('correct', text.trim(), { item: fact.item, text: text.trim() });
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
        <form onSubmit={send}>
          <label className="pc-small" htmlFor={`pc-put-${fact.item}`}>{fact.ask}</label>
          <input id={`pc-put-${fact.item}`} autoFocus autoComplete="off" value={text} placeholder={words.put_right} onChange={(event) => setText(event.target.value)} />
          <button type="submit" className="pc-button" disabled={!text.trim()}>{words.send}</button>
        </form>
      )}
      <div className="pc-card-buttons">
        {!fixed && mode !== 'correct' && <button type="button" className="pc-plain" onClick={() => setMode('correct')}>{words.correct}</button>}
        {!fixed && heard && <button type="button" className="pc-plain" onClick={() => act('clear', cleared.replace('{label}', fact.label), { item: fact.item })}>{words.clear}</button>}
        {mode !== 'explain' && <button type="button" className="pc-plain" onClick={() => setMode('explain')}>{words.explain}</button>}
        <button type="button" className="pc-plain" onClick={leave}>{words.close}</button>
      </div>
    </div>
  );
}
