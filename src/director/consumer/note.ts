/** What a call tells about its caller, noted before it is judged: an application or runtime that calls is connected (`reference: facts/security.md 2.5`). */
import type { DirectorCore } from '../context.ts';
import type { Request } from '../http/exchange.ts';
import { markConnected, markUsesBundles, needsBundlesMark, needsMark } from './connected.ts';

/** Undefined where there is nothing to note: the common case costs no transaction. */
export function noteCaller(director: DirectorCore, request: Pick<Request, 'caller'>): Promise<void> | undefined {
  const { caller } = request;
  if ((caller.consumer.type !== 'Application' && caller.consumer.type !== 'Runtime') || caller.flow === 'OneTimeToken') return undefined;
  return (async () => {
    if (!(await needsMark(director.callFor(caller, director.registry.latest)))) return;
    await director.registry.write({ by: `${caller.consumer.type} ${caller.consumer.id}`, operation: 'connect' }, (tx) =>
      markConnected(director.callFor(caller, tx)),
    );
  })();
}

/** A runtime that speaks of bundles is marked so once its answer was made. Undefined where there is nothing to note. */
export function noteBundles(director: DirectorCore, request: Request): Promise<void> | undefined {
  const { caller } = request;
  if (caller.consumer.type !== 'Runtime' || !/bundle/i.test(request.body)) return undefined;
  return (async () => {
    if (!(await needsBundlesMark(director.callFor(caller, director.registry.latest)))) return;
    await director.registry.write({ by: `Runtime ${caller.consumer.id}`, operation: 'useBundles' }, (tx) =>
      markUsesBundles(director.callFor(caller, tx)),
    );
  })();
}
