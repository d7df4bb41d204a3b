// The one element of ours that Chainlit draws, in the first message. Chainlit compiles it anew at every event, so it only fetches the views
// (ui/web/views), which are compiled once.
import { useEffect, useState } from 'react';
import { Renderer } from '@/components/renderer';

// Only a component that stays the same keeps its state, its focus and what is being typed.
const kept = (window.pilotcheck ??= { Page });
kept.props = props;
export default kept.Page;

function Page() {
  const [mine] = useState(kept.props);
  const [views, show] = useState(kept.views ?? '');
  useEffect(() => {
    if (!views) fetch('/public/views.jsx').then((answer) => answer.text()).then((text) => show((kept.views = text)));
  }, []);
  return <Renderer sourceCode={views} props={mine} />;
}
