// The result in the conversation: every chart is a table whose cells carry the bars, so it can be read without seeing.
const Result = memo(function Result({ words, ...told }) {
  return (
    <article className={`pc-result pc-is-${told.key}`} aria-label={words.title}>
      <header>
        <h2>{told.line}</h2>
        <p>{told.says}</p>
      </header>
      <Chapter title={words.gates}>
        <Rows rows={told.gates} words={words} Picture={Bar} />
      </Chapter>
      <Chapter title={words.forces}>
        <Rows rows={told.forces} words={words} Picture={Bar} />
      </Chapter>
      {told.constraints.length > 0 && (
        <Chapter title={words.constraints}>
          <table>
            <thead><tr><th scope="col">{words.part}</th><th scope="col">{words.first_step}</th><th scope="col">{words.owner}</th></tr></thead>
            <tbody>
              {told.constraints.map((one, place) => (
                <tr key={place}>
                  <th scope="row">{place + 1}. {one.title}</th>
                  <td>{one.first_step}</td>
                  <td>{one.owner} <small className="pc-small">{words.lead}: {one.lead}</small></td>
                </tr>
              ))}
            </tbody>
          </table>
        </Chapter>
      )}
      {told.what_if.length > 0 && (
        <Chapter title={words.what_if}>
          <ul>
            {told.what_if.map((one, number) => (
              <li key={number} className="pc-way">
                <b>{one.title}</b> {words.becomes}: <b>{one.becomes}</b>
                <Way way={one.ways[0]} words={words} />
                {one.ways.length > 1 && (
                  <details>
                    <summary>{words.other_ways}</summary>
                    {one.ways.slice(1).map((way, place) => <Way key={place} way={way} words={words} />)}
                  </details>
                )}
                {one.note && <p className="pc-small">{one.note}</p>}
              </li>
            ))}
          </ul>
        </Chapter>
      )}
      <Chapter title={words.projection}>
        <p>{told.projection.text}</p>
        {told.projection.rows.length > 0 && <Rows rows={told.projection.rows} words={words} Picture={Spread} />}
      </Chapter>
      {told.roadmap.length > 0 && (
        <Chapter title={words.roadmap}>
          <table>
            <thead><tr><th scope="col">{words.part}</th><th scope="col">{words.from}, {words.to}</th></tr></thead>
            <tbody>
              {told.roadmap.map((one, place) => (
                <tr key={place}>
                  <th scope="row">{one.title}</th>
                  <td>
                    <span className="pc-small">{one.from} – {one.to}</span>
                    <span className="pc-bar" aria-hidden="true"><span className={one.track === 'parallel' ? 'pc-span pc-parallel' : 'pc-span'} style={{ left: `${one.left}%`, width: `${one.width}%` }} /></span>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Chapter>
      )}
      <Chapter title={words.files}>
        <div className="pc-files">
          {told.files.map((file) => <a key={file.form} href={file.href} download data-form={file.form}>{file.label}</a>)}
        </div>
      </Chapter>
    </article>
  );
});

function Chapter({ title, children }) {
  return (
    <section>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function Way({ way, words }) {
  return (
    <ul className="pc-changes">
      {way.changes.map((change, index) => (
        <li key={index}>
          {change.what} <small className="pc-small">{words.today}: {change.today} → {words.needed}: {change.needed}. {change.who}</small>
        </li>
      ))}
    </ul>
  );
}

// A chart: each row has its word, its picture and what it stands on.
function Rows({ rows, words, Picture }) {
  return (
    <table>
      <thead><tr><th scope="col">{words.part}</th><th scope="col">{words.outcome}</th></tr></thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.title} className={row.status && `pc-is-${row.status}`}>
            <th scope="row">{row.title}</th>
            <td>
              <span className={row.status && 'pc-word'}>{row.word}</span>
              <Picture {...row} />
              <span className="pc-small">{row.text}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Spread({ low, share }) {
  return (
    <span className="pc-bar" aria-hidden="true">
      <span className="pc-span pc-perhaps" style={{ width: `${share}%` }} />
      <span className="pc-span pc-sure" style={{ width: `${low}%` }} />
    </span>
  );
}
