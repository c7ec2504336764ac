/** The Kyma installation of a runtime as it is kept (`reference: facts/provisioner.md 3, 7`). */
import type { ConfigEntryInput, ConflictStrategy, KymaConfigInput, KymaProfile } from '../types.generated.ts';

export interface KymaSetting {
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
}

export interface KymaComponent {
  readonly component: string;
  readonly namespace: string;
  readonly configuration: readonly KymaSetting[];
  readonly sourceURL?: string;
  readonly conflictStrategy?: ConflictStrategy;
}

export interface KymaConfig {
  readonly version: string;
  readonly profile?: KymaProfile;
  /** In the order in which they are installed. */
  readonly components: readonly KymaComponent[];
  readonly configuration: readonly KymaSetting[];
  readonly conflictStrategy?: ConflictStrategy;
}

type Maybe<T> = T | null | undefined;

const settings = (entries: Maybe<readonly Maybe<ConfigEntryInput>[]>): KymaSetting[] =>
  (entries ?? []).flatMap((entry) => (entry ? [{ key: entry.key, value: entry.value, secret: entry.secret ?? false }] : []));

/** What is kept of an input. */
export const kymaConfig = ({ version, profile, components, configuration, conflictStrategy }: KymaConfigInput): KymaConfig => ({
  version,
  ...(profile ? { profile } : {}),
  components: components.flatMap((one) =>
    one
      ? [
          {
            component: one.component,
            namespace: one.namespace,
            configuration: settings(one.configuration),
            ...(one.sourceURL ? { sourceURL: one.sourceURL } : {}),
            ...(one.conflictStrategy ? { conflictStrategy: one.conflictStrategy } : {}),
          },
        ]
      : [],
  ),
  configuration: settings(configuration),
  ...(conflictStrategy ? { conflictStrategy } : {}),
});
