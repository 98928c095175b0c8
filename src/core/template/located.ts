/**
 * A value read from a text, with the line (1-based) each part of it stands on, so that whoever checks it can
 * say where something is wrong. YAML and JSON both come in this shape; nothing here knows which.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly is: 'map';
  readonly line: number;
  readonly entries: readonly YamlEntry[];
}

/**
 * Keys are text whatever they looked like (`1: x` gives "1"); a key that comes twice is refused by the
 * reader.
 */
export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
}

export interface YamlList {
  readonly is: 'list';
  readonly line: number;
  readonly items: readonly YamlNode[];
}

/** `source` is the scalar as it was written, without its quotes (`007` stays "007" where `value` is 7). */
export interface YamlScalar {
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
