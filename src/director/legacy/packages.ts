/**
 * The old word for bundles was packages. Requests in old words are rewritten as text before they are parsed, and their answers back,
 * so the words change wherever they stand, in the caller's own data as well (`reference: facts/bundles.md 10`).
 */

/** Names of operations, new to old: these alone are put back into answers. */
const OPERATIONS: Readonly<Record<string, string>> = {
  bundleByInstanceAuth: 'packageByInstanceAuth',
  bundleInstanceAuth: 'packageInstanceAuth',
  addBundle: 'addPackage',
  updateBundle: 'updatePackage',
  deleteBundle: 'deletePackage',
  addAPIDefinitionToBundle: 'addAPIDefinitionToPackage',
  addEventDefinitionToBundle: 'addEventDefinitionToPackage',
  addDocumentToBundle: 'addDocumentToPackage',
  setBundleInstanceAuth: 'setPackageInstanceAuth',
  deleteBundleInstanceAuth: 'deletePackageInstanceAuth',
  requestBundleInstanceAuthCreation: 'requestPackageInstanceAuthCreation',
  requestBundleInstanceAuthDeletion: 'requestPackageInstanceAuthDeletion',
};

/** Arguments and input types, new to old. */
const INPUTS: Readonly<Record<string, string>> = {
  bundleID: 'packageID',
  BundleCreateInput: 'PackageCreateInput',
  BundleUpdateInput: 'PackageUpdateInput',
  BundleInstanceAuthRequestInput: 'PackageInstanceAuthRequestInput',
  BundleInstanceAuthSetInput: 'PackageInstanceAuthSetInput',
  BundleInstanceAuthStatusInput: 'PackageInstanceAuthStatusInput',
};

const inverse = (names: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(names).map(([key, value]) => [value, key]));

/** Replaces each word; where one begins with another the longer one counts. */
function replacer(words: Readonly<Record<string, string>>): (text: string) => string {
  const pattern = new RegExp(
    Object.keys(words)
      .sort((a, b) => b.length - a.length)
      .join('|'),
    'g',
  );
  return (text) => text.replace(pattern, (word) => words[word]!);
}

const toNewNames = replacer(inverse({ ...OPERATIONS, ...INPUTS }));
const toOldNames = replacer(OPERATIONS);

/** Blanks of a document, and an end of a line as it is written in the JSON text that the document stands in; a tab there is none, as in the reference. */
const BLANKS = String.raw`((?:\s|\\n)*)`;
const LIST_INPUT = new RegExp(String.raw`packages${BLANKS}:${BLANKS}\[`, 'g');
const SELECTION = new RegExp(String.raw`packages${BLANKS}\{`, 'g');
const SINGLE = new RegExp(String.raw`package${BLANKS}\(${BLANKS}id${BLANKS}:`, 'g');
const MODE = new RegExp(String.raw`mode${BLANKS}:${BLANKS}PACKAGE`, 'g');

/** The body in new words, and whether there was any old one in it. */
export function rewriteRequest(body: string): { body: string; rewritten: boolean } {
  if (!/package/i.test(body)) return { body, rewritten: false };
  const rewritten = toNewNames(body)
    .replace(LIST_INPUT, 'bundles$1:$2[')
    .replace(SELECTION, 'bundles$1{')
    .replace(SINGLE, 'bundle$1($2id$3:')
    .replace(MODE, 'mode$1:$2BUNDLE');
  return { body: rewritten, rewritten: rewritten !== body };
}

/** The answer to a rewritten request, in the old words that such callers look for. */
export function rewriteResponse(text: string): string {
  return toOldNames(text)
    .replace(/"bundles"(\s*):(\s*)\{/g, '"packages"$1:$2{')
    .replace(/"bundle"(\s*):(\s*)\{/g, '"package"$1:$2{')
    .replace(/"mode"(\s*):(\s*)"BUNDLE"/g, '"mode"$1:$2"PACKAGE"');
}
