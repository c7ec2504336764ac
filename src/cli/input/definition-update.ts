/** What is common to changing APIs and events: an update replaces everything, so what is not named is taken from what is there. */
import type { ApiDetailsFragment, EventDetailsFragment } from '../../client/director.generated.ts';
import { GraphQLError } from '../../client/errors.ts';
import { given } from './input.ts';

/** The fields that an update would otherwise empty; the specification stays by itself. */
export const kept = ({ name, description, group, version }: ApiDetailsFragment | EventDetailsFragment) => ({
  name,
  ...given({ description: description ?? undefined, group: group ?? undefined, version: version ?? undefined }),
});

/** A definition of a bundle is changed there, with its link; one of no bundle by itself. */
export async function inBundleOrNot<T>(inBundle: () => Promise<T>, alone: () => Promise<T>): Promise<T> {
  try {
    return await inBundle();
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes('[object=bundleReference]')) return alone();
    throw error;
  }
}
