import { RegistryUnavailable } from '../contract.ts';

/** Where in a file something was found. Lines, columns and bytes; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  readonly byte?: number;
}

function tell(place: Place): string {
  const details = [
    place.line !== undefined && `line ${place.line}`,
    place.column !== undefined && `column ${place.column}`,
    place.byte !== undefined && `byte ${place.byte}`,
  ].filter(Boolean);
  return [place.file, ...details].join(', ');
}

/** A file of the registry is not as it was written. Nothing was changed; somebody has to look. */
export class RegistryDamaged extends Error {
  override readonly name = 'RegistryDamaged';
  readonly place: Place;
  readonly reason: string;

  constructor(place: Place, reason: string) {
    super(`The registry is damaged: ${tell(place)}: ${reason}`);
    this.place = place;
    this.reason = reason;
  }
}

/** The files were written by a newer program. */
export class RegistryTooNew extends Error {
  override readonly name = 'RegistryTooNew';
  readonly format: number;

  constructor(file: string, format: number, known: number) {
    super(`${file} has format ${format}, this program knows formats up to ${known}: use the newer program that wrote it`);
    this.format = format;
  }
}

/** Who has the registry open. */
export interface Holder {
  readonly pid: number;
  /** Of the HTTP listener, if the holder serves. */
  readonly port?: number;
  /** ISO 8601. */
  readonly since: string;
}

/** Another process has the registry open. */
export class RegistryLocked extends RegistryUnavailable {
  readonly place: string;
  readonly holder: Holder;

  constructor(place: string, holder: Holder) {
    const port = holder.port === undefined ? '' : `, port ${holder.port}`;
    super(`The registry in ${place} is open in another process: pid ${holder.pid}${port}, since ${holder.since}`);
    this.place = place;
    this.holder = holder;
  }
}

/** What people should know although the registry goes on. */
export interface Notice {
  readonly kind: 'torn-line' | 'edited' | 'fold-failed' | 'history-damaged' | 'listener-failed';
  readonly message: string;
}
export type Report = (notice: Notice) => void;
