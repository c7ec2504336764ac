/** The page at the Director's root: a small query editor of our own that needs nothing from elsewhere. */
export const PLAYGROUND = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Compass Director</title>
<style>
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
  textarea, pre { width: 100%; min-height: 12rem; font: 13px/1.4 ui-monospace, monospace; box-sizing: border-box; }
  pre { background: #f4f4f4; padding: .75rem; overflow: auto; }
  input { width: 100%; box-sizing: border-box; margin-bottom: .75rem; }
</style>
<h1>Director</h1>
<p>Ask with a token: <code>compass context show --token</code> prints that of the local administrator.</p>
<label>Token <input id="token" type="password" autocomplete="off"></label>
<label>Query <textarea id="query">{ applications { data { id name labels } totalCount } }</textarea></label>
<p><button id="ask">Ask</button></p>
<pre id="answer"></pre>
<script>
  document.getElementById('ask').onclick = async () => {
    const answer = await fetch('graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ' + document.getElementById('token').value },
      body: JSON.stringify({ query: document.getElementById('query').value }),
    });
    const text = await answer.text();
    try { document.getElementById('answer').textContent = JSON.stringify(JSON.parse(text), null, 2); }
    catch { document.getElementById('answer').textContent = text; }
  };
</script>
`;
