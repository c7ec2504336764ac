/** What a plane of ours answers beside GraphQL: JSON at addresses below a system's base. */
import { GraphQLError, type GraphQLFault, HttpError } from '../../client/errors.ts';
import { send } from '../../client/http.ts';
import { Failure } from '../failure/failure.ts';
import type { Session, System } from './session.ts';

/** @throws Failure usage, GraphQLError with the errors of the answer, HttpError where it is no JSON, and those of `send` */
export async function askRest<T>({ context, name, token, tls }: Session, system: System, path: string, content?: object): Promise<T> {
  const base = context[system];
  if (base === undefined) throw new Failure('usage', `The context ${name ?? ''} has no address of the ${system}.`);
  const url = `${base}${path}`;
  const { status, body } = await send(url, {
    method: content === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(content === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    ...(tls === undefined ? {} : { tls }),
  });
  let answer: { readonly errors?: readonly GraphQLFault[] } & T;
  try {
    answer = JSON.parse(body) as typeof answer;
  } catch {
    throw new HttpError(url, status, body);
  }
  if (Array.isArray(answer.errors)) throw new GraphQLError(status, answer.errors, null);
  if (status !== 200) throw new HttpError(url, status, body);
  return answer;
}
