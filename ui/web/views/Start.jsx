// Ways to begin, under the greeting; they go away with the first message.
function Start({ words, latest, play }) {
  const ways = [
    { key: 'describe', go: () => document.getElementById('chat-input')?.focus() },
    { key: 'bring', go: () => document.getElementById('upload-button')?.click() },
    { key: 'example', go: play },
  ];
  return (
    <div className="pc-start">
      {ways.map((way) => (
        <button type="button" key={way.key} id={`start-${way.key}`} onClick={way.go}>
          <b>{words[way.key]}</b>
          <small>{words[`${way.key}_hint`]}</small>
        </button>
      ))}
      {latest && (
        <a href={`/thread/${latest.id}`} id="start-continue">
          <b>{words.continue.replace('{title}', latest.title)}</b>
          <small>{words.continue_hint}</small>
        </a>
      )}
    </div>
  );
}
