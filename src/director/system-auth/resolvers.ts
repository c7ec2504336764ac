import type { Concept } from '../concept.ts';
import type { DirectorContext } from '../context.ts';
import { authByToken, invalidateToken } from '../one-time-token/rules.ts';
import type {
  MutationInvalidateSystemAuthOneTimeTokenArgs,
  MutationUpdateSystemAuthArgs,
  QuerySystemAuthArgs,
  QuerySystemAuthByTokenArgs,
} from '../schema/types.generated.ts';
import { requestClientCredentials } from './client-credentials.ts';
import { deleteAuthWithClient, requestOutsideClient } from './outside-clients.ts';
import { type SystemAuthOwnerKind, type SystemAuthRecord, systemAuths } from './records.ts';
import { deleteSystemAuth, requireSystemAuth, updateSystemAuth } from './rules.ts';

const KINDS = {
  application: { typeName: 'AppSystemAuth', type: 'APPLICATION' },
  runtime: { typeName: 'RuntimeSystemAuth', type: 'RUNTIME' },
  integrationSystem: { typeName: 'IntSysSystemAuth', type: 'INTEGRATION_SYSTEM' },
} as const satisfies Record<SystemAuthOwnerKind, unknown>;

const fields = {
  type: ({ owner }: SystemAuthRecord) => KINDS[owner.kind].type,
  referenceObjectId: ({ owner }: SystemAuthRecord) => owner.id,
};

const request =
  (kind: SystemAuthOwnerKind) =>
  (_: unknown, { id }: { id: string }, ctx: DirectorContext) => {
    const { oauthServer, settings } = ctx.director;
    return oauthServer
      ? requestOutsideClient(ctx, oauthServer, kind, id)
      : ctx.write((call) => requestClientCredentials(call, kind, id, settings));
  };

const remove =
  (kind: SystemAuthOwnerKind) =>
  (_: unknown, { authID }: { authID: string }, ctx: DirectorContext) => {
    const { oauthServer } = ctx.director;
    return oauthServer ? deleteAuthWithClient(ctx, oauthServer, kind, authID) : ctx.write((call) => deleteSystemAuth(call, kind, authID));
  };

export const systemAuth: Concept = {
  resolvers: {
    Query: {
      systemAuth: (_: unknown, { id }: QuerySystemAuthArgs, { call }: DirectorContext) => requireSystemAuth(call, id),
      systemAuthByToken: (_: unknown, { token }: QuerySystemAuthByTokenArgs, { call, director }: DirectorContext) =>
        authByToken(call, token, director.settings),
    },
    Mutation: {
      requestClientCredentialsForApplication: request('application'),
      requestClientCredentialsForRuntime: request('runtime'),
      requestClientCredentialsForIntegrationSystem: request('integrationSystem'),
      deleteSystemAuthForApplication: remove('application'),
      deleteSystemAuthForRuntime: remove('runtime'),
      deleteSystemAuthForIntegrationSystem: remove('integrationSystem'),
      updateSystemAuth: (_: unknown, args: MutationUpdateSystemAuthArgs, ctx: DirectorContext) =>
        ctx.write((call) => updateSystemAuth(call, args.authID, args.in)),
      invalidateSystemAuthOneTimeToken: (_: unknown, { authID }: MutationInvalidateSystemAuthOneTimeTokenArgs, ctx: DirectorContext) =>
        ctx.write((call) => invalidateToken(call, authID, ctx.director.settings)),
    },
    SystemAuth: { __resolveType: ({ owner }: SystemAuthRecord) => KINDS[owner.kind].typeName },
    AppSystemAuth: fields,
    RuntimeSystemAuth: fields,
    IntSysSystemAuth: fields,
  },
  collections: [systemAuths],
};
