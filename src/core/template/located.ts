/**
 * A value parsed from YAML or JSON, with the line (1-based) of each of its parts, so that checks can report
 * where a fault is.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar;

export interface YamlMap {
  readonly is: 'map';
  readonly line: number;
  readonly entries: readonly YamlEntry[];
}

/** Keys are always strings (`1: x` has the key "1"). The parser refuses duplicate keys. */
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

/** `source` is the scalar as written, without quotes: for `007` it is "007", and `value` is 7. */
export interface YamlScalar {
  readonly is: 'scalar';
  readonly line: number;
  readonly value: string | number | boolean | null;
  readonly source: string;
}

/** A fault at a line of the text. `key` and `params` are those of a `Problem`. */
export interface Fault {
  readonly line: number;
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
}
