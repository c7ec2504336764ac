/** What goes wrong on the side of the clusters, whoever gives them. */

/** What that side says; tried again until the stage is out of time. */
export class ClusterError extends Error {
  override readonly name = 'ClusterError';
  constructor(
    message: string,
    /** Its own word for it, such as `AlreadyExists`. */
    readonly reason: string,
    readonly code: 400 | 403 | 500 = 500,
  ) {
    super(message);
  }
}

/** How the wire names that side. */
export const CLUSTER_SIDE = 'k8s client - gardener';
