/** The page at a system's root: a small query editor of our own that needs nothing from elsewhere. */
import type { WireAnswer } from './exchange.ts';

export interface PlaygroundOptions {
  readonly system: string;
  /** What stands in the editor at first. */
  readonly query: string;
  /** Headers that are asked for, with what each of them is; a bearer token is asked for as such. */
  readonly headers: Readonly<Record<string, string>>;
}

const field = ([name, words]: readonly [string, string]) =>
  `<label>${words} <input name="${name}" type="${name === 'tenant' ? 'text' : 'password'}" autocomplete="off"></label>`;

/** What the page shows is ours alone: nothing of a request gets into it. */
const page = ({ system, query, headers }: PlaygroundOptions): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Compass ${system}</title>
<style>
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
  textarea, pre { width: 100%; min-height: 12rem; font: 13px/1.4 ui-monospace, monospace; box-sizing: border-box; }
  pre { background: #f4f4f4; padding: .75rem; overflow: auto; }
  input { width: 100%; box-sizing: border-box; margin-bottom: .75rem; }
</style>
<h1>${system}</h1>
<p><code>compass context show --show-secrets --jq .token</code> prints the token of the local administrator.</p>
${Object.entries(headers).map(field).join('\n')}
<label>Query <textarea id="query">${query}</textarea></label>
<p><button id="ask">Ask</button></p>
<pre id="answer"></pre>
<script>
  document.getElementById('ask').onclick = async () => {
    const headers = { 'content-type': 'application/json' };
    for (const { name, value } of document.querySelectorAll('input'))
      if (value) headers[name] = name === 'authorization' ? 'Bearer ' + value : value;
    const answer = await fetch(location.pathname.replace(/\\/?$/, '/graphql'), {
      method: 'POST',
      headers,
      body: JSON.stringify({ query: document.getElementById('query').value }),
    });
    const text = await answer.text();
    try { document.getElementById('answer').textContent = JSON.stringify(JSON.parse(text), null, 2); }
    catch { document.getElementById('answer').textContent = text; }
  };
</script>
`;

export const playground = (options: PlaygroundOptions): WireAnswer => ({
  status: 200,
  headers: { 'content-type': 'text/html; charset=UTF-8' },
  body: page(options),
});
