/** What `compass registry …` works with: the tools, and the collections that this program keeps. Bundled apart from the plane. */
export { openFileRegistry } from '../registry/file/registry.ts';
export * from '../registry/tools.ts';
export { COLLECTIONS } from './collections.ts';
export { rotateSigningKeys } from './signing.ts';
