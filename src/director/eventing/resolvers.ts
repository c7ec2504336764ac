import type { ApplicationRecord } from '../application/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  MutationDeleteDefaultEventingForApplicationArgs,
  MutationSetDefaultEventingForApplicationArgs,
} from '../schema/types.generated.ts';
import { deleteDefaultEventing, setDefaultEventing, settledEventing, settleEventing } from './rules.ts';

export const eventing: Concept = {
  resolvers: {
    Mutation: {
      setDefaultEventingForApplication: (_, args: MutationSetDefaultEventingForApplicationArgs, context) =>
        context.write((call) => setDefaultEventing(call, args.appID, args.runtimeID)),
      deleteDefaultEventingForApplication: (_, args: MutationDeleteDefaultEventingForApplicationArgs, context) =>
        context.write((call) => deleteDefaultEventing(call, args.appID)),
    },
    Application: {
      // The first reader fixes the runtime, so reading may write.
      eventingConfiguration: async (application: ApplicationRecord, _, context: DirectorContext) =>
        (await settledEventing(context.call, application)) ??
        { ...context, operation: 'eventingConfiguration' }.write((call) => settleEventing(call, application)),
    },
  },
};
