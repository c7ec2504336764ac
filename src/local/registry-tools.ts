/** What `compass registry …` works with: the tools, and the collections that this program keeps. Bundled apart from the plane. */
export { shownPlace } from '../registry/address.ts';
export * from '../registry/tools.ts';
export { COLLECTIONS } from './collections.ts';
export { rotateSigningKeys } from './signing.ts';
