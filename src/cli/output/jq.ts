/** The only file that knows jq, which is as large as all commands together; it is bundled apart and loaded for `--jq` alone. */
export { loadJq } from 'jq-wasm/inline';
