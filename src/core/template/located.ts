/**
 * A value read from a text, with the line (1-based) each part of it stands on, so that whoever checks it can
 * say where something is wrong. YAML and JSON both come in this shape; nothing here knows which.
 */
export type Located = LocatedMap | LocatedList | LocatedScalar;

export interface LocatedMap {
  readonly is: 'map';
  readonly line: number;
  readonly entries: readonly LocatedEntry[];
}

/**
 * Keys are text whatever they looked like (`1: x` gives "1"); a key that comes twice is refused by the
 * reader.
 */
export interface LocatedEntry {
  readonly key: string;
  readonly line: number;
  readonly value: Located;
}

export interface LocatedList {
  readonly is: 'list';
  readonly line: number;
  readonly items: readonly Located[];
}

/** `source` is the scalar as it was written, without its quotes (`007` stays "007" where `value` is 7). */
export interface LocatedScalar {
  readonly is: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  readonly source: string;
}

/** Something wrong at a place. `key` and `params` are those of a `Problem`. */
export interface Fault {
  readonly line: number;
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}
