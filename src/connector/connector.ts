/** The Connector: made once by the composition root, asked by the Gateway. */
import { buildASTSchema, parse, type GraphQLFieldConfigMap } from 'graphql';
import type { WireAnswer, WireRequest } from '../wire/exchange.ts';
import { graphqlEndpoint } from '../wire/graphql-endpoint.ts';
import type { ConnectorCall, ConnectorCaller, ConnectorOptions } from './call.ts';
import { connectorWords } from './errors.ts';
import { configuration, isRevoked, revokeCertificate, signCertificateSigningRequest } from './rules.ts';
import { issuedCertificates, type IssuedCertificateRecord } from './records.ts';
import { SDL } from './sdl.generated.ts';

export interface Connector {
  readonly options: ConnectorOptions;
  /** Answers a request to `/graphql` of a client that was let in. */
  graphql(request: WireRequest, caller: ConnectorCaller): Promise<WireAnswer>;
  /** What a rule needs, for that caller. */
  callFor(caller: ConnectorCaller): ConnectorCall;
  /** What was signed here and has not run out, by fingerprint. */
  issued(fingerprint: string): Promise<IssuedCertificateRecord | undefined>;
  /** Whether the client certificate of that fingerprint was given back. */
  isRevoked(fingerprint: string): Promise<boolean>;
}

type Resolvers = GraphQLFieldConfigMap<unknown, ConnectorCall>;

function buildSchema() {
  const schema = buildASTSchema(parse(SDL, { noLocation: true }));
  const query = schema.getQueryType()!.getFields() as unknown as Resolvers;
  const mutation = schema.getMutationType()!.getFields() as unknown as Resolvers;
  query.configuration!.resolve = (_, _args, call) => configuration(call);
  mutation.signCertificateSigningRequest!.resolve = (_, args: { csr: string }, call) => signCertificateSigningRequest(call, args.csr);
  mutation.revokeCertificate!.resolve = (_, _args, call) => revokeCertificate(call);
  return schema;
}

/** A Connector on that registry. Nothing is read or stored before the first request. */
export function createConnector(options: ConnectorOptions): Connector {
  const clock = options.clock ?? (() => new Date());
  const callFor = (caller: ConnectorCaller): ConnectorCall => ({ options, caller, now: clock });
  const answer = graphqlEndpoint<ConnectorCall>(buildSchema(), connectorWords(options.report));
  return {
    options,
    callFor,
    graphql: (request, caller) => answer(request, callFor(caller)),
    issued: async (fingerprint) => options.registry.latest.get(issuedCertificates, fingerprint),
    isRevoked: (fingerprint) => isRevoked(options.registry.latest, fingerprint),
  };
}
