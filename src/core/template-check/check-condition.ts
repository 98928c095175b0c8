import type { Bound, Condition, FieldTest } from '../template/condition.ts';
import { always } from '../template/condition.ts';
import type { Fault, YamlNode } from '../template/located.ts';
import { openSchemaReader, textsOf } from '../template/schema-reader.ts';

const testKeys = ['is', 'not', 'only', 'some_of', 'answered', 'asked', 'at_least', 'at_most'];

/**
 * Reads a condition and adds its faults. Does not check that a question fills each field: `checkFields` does
 * that once all questions are known.
 */
export function checkCondition(at: YamlNode | undefined, faults: Fault[]): Condition {
  if (at === undefined) return always;
  if (at.is !== 'map') {
    faults.push({ line: at.line, key: 'templates.expected-map', params: { what: 'when' } });
    return always;
  }
  const tests: FieldTest[] = [];
  let any: readonly Condition[] = [];
  let not: Condition | undefined;
  let all: readonly Condition[] | undefined;
  const list = (key: string, line: number, value: YamlNode): readonly Condition[] => {
    if (value.is === 'list') return value.items.map(item => checkCondition(item, faults));
    faults.push({ line, key: 'templates.wrong-type', params: { key, expected: 'list', what: 'when' } });
    return [];
  };
  for (const { key, line, value } of at.entries) {
    if (key === 'not') not = checkCondition(value, faults);
    else if (key === 'any') any = list(key, line, value);
    else if (key === 'all') all = list(key, line, value);
    else tests.push(checkTest(key, value, faults));
  }
  return dropUndefined({ tests, any, not, all });
}

function checkTest(field: string, value: YamlNode, faults: Fault[]): FieldTest {
  const wrong = (): void => {
    faults.push({ line: value.line, key: 'templates.wrong-test', params: { field } });
  };
  if (value.is !== 'map') return { field, is: textsOf(value, wrong) };
  const schema = openSchemaReader(value, `when ${field}`, testKeys, faults);
  if (schema === undefined) return { field };
  const list = (key: string): readonly string[] | undefined =>
    schema.has(key) ? schema.texts(key) : undefined;
  const flag = (key: string): boolean | undefined => (schema.has(key) ? schema.flag(key, true) : undefined);
  return dropUndefined({
    field,
    is: list('is'),
    not: list('not'),
    only: list('only'),
    someOf: checkSomeOf(schema.at('some_of'), faults),
    answered: flag('answered'),
    asked: flag('asked'),
    atLeast: checkBound(schema.at('at_least'), faults),
    atMost: checkBound(schema.at('at_most'), faults),
  });
}

function checkSomeOf(at: YamlNode | undefined, faults: Fault[]): FieldTest['someOf'] {
  const schema = at === undefined ? undefined : openSchemaReader(at, 'some_of', ['picks', 'count'], faults);
  return schema === undefined
    ? undefined
    : { picks: schema.texts('picks'), count: schema.count('count') ?? 1 };
}

function checkBound(at: YamlNode | undefined, faults: Fault[]): Bound | undefined {
  if (at === undefined) return undefined;
  if (at.is === 'scalar' && typeof at.value === 'number') return at.value;
  const schema = openSchemaReader(at, 'at_least', ['field', 'plus'], faults);
  return schema === undefined
    ? undefined
    : { field: schema.needText('field'), plus: schema.count('plus') ?? 0 };
}

/** Removes keys whose value is undefined, in place, and returns the object. */
export function dropUndefined<T extends object>(value: T): T {
  for (const key of Object.keys(value)) {
    if (Reflect.get(value, key) === undefined) Reflect.deleteProperty(value, key);
  }
  return value;
}

/** Returns a condition that holds if both conditions hold. */
export function both(a: Condition, b: Condition): Condition {
  if (isEmpty(a)) return b;
  return isEmpty(b) ? a : { tests: [], any: [], all: [a, b] };
}

function isEmpty({ tests, any, not, all }: Condition): boolean {
  return tests.length === 0 && any.length === 0 && not === undefined && all === undefined;
}
