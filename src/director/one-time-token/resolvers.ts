import type { AuthRecord, OneTimeTokenRecord } from '../auth/records.ts';
import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import type {
  MutationRequestOneTimeTokenForApplicationArgs,
  MutationRequestOneTimeTokenForRuntimeArgs,
} from '../schema/types.generated.ts';
import { tokenFromAdapter } from './pairing-adapter.ts';
import { isGiven, renewedApplication, requestTokenForApplication, requestTokenForRuntime, wishesOf } from './rules.ts';
import { tokenView } from './view.ts';

export const oneTimeToken: Concept = {
  resolvers: {
    Mutation: {
      requestOneTimeTokenForApplication: async (_: unknown, args: MutationRequestOneTimeTokenForApplicationArgs, ctx: DirectorContext) => {
        const given = await tokenFromAdapter(
          ctx,
          isGiven(args.systemAuthID) ? await renewedApplication(ctx.call, args.systemAuthID) : args.id,
        );
        return ctx.write((call) => requestTokenForApplication(call, args, ctx.director.settings, wishesOf(ctx.headers), given));
      },
      requestOneTimeTokenForRuntime: (_: unknown, args: MutationRequestOneTimeTokenForRuntimeArgs, ctx: DirectorContext) =>
        ctx.write((call) => requestTokenForRuntime(call, args, ctx.director.settings, wishesOf(ctx.headers))),
    },
    Auth: {
      /** Tokens of runtimes are shown once, when they are made. */
      oneTimeToken: ({ oneTimeToken: token }: AuthRecord, _: unknown, { director }: DirectorContext) =>
        token?.type === 'Application' ? tokenView(token, director.settings) : null,
    },
    OneTimeToken: { __resolveType: ({ type }: OneTimeTokenRecord) => `OneTimeTokenFor${type}` },
  },
};
