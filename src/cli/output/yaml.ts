/** The only file that knows the package yaml; it is bundled apart, as few runs need it. */
export { parse, parseDocument, stringify } from 'yaml';
