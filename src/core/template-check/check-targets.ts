import { modes } from './check-fields.ts';
import type { StepJump } from './check-jumps.ts';
import type { Findings } from './check-question.ts';
import { conditionOf } from './check-question.ts';
import type { YamlNode } from '../template/located.ts';
import type { SchemaReader } from '../template/schema-reader.ts';
import { openSchemaReader } from '../template/schema-reader.ts';
import type { IndexedSteps } from '../template/step-index.ts';
import type { EndKind, Jump, Target } from '../template/template.ts';

const ends: readonly EndKind[] = ['finish', 'keep', 'help', 'undo', 'later'];

/** The state of the check of one sequence; the checks of its parts add to it. */
export interface TemplateCheck extends Findings, IndexedSteps {
  readonly name: string;
  readonly facts: readonly string[];
  /** The ids of the questions that the sequence itself defines with `ask`. */
  readonly own: Set<string>;
  readonly jumps: StepJump[];
  /** The pages of included sequences. */
  readonly pages: Record<string, readonly string[]>;
}

/** Reads the `modes` of a step. Adds a fault for each unknown mode. */
export function modesOf(schema: SchemaReader, { faults }: TemplateCheck): readonly string[] {
  const named = schema.texts('modes');
  for (const mode of named) {
    if (!modes.includes(mode))
      faults.push({
        line: schema.at('modes')?.line ?? schema.line,
        key: 'templates.wrong-type',
        params: { key: 'modes', expected: modes.join(' / '), what: mode },
      });
  }
  return named;
}

/** Reads the jumps under `then`. Adds a fault for each that has no valid target. */
export function checkJumpList(schema: SchemaReader, check: TemplateCheck): readonly Jump[] {
  return schema.items('then').flatMap(item => {
    const inner = openSchemaReader(item, 'then', ['when', 'go', 'translator'], check.faults);
    if (inner === undefined) return [];
    const to = checkTarget(inner.at('go'), inner.line, check);
    return to === undefined ? [] : [{ when: conditionOf(inner, check), to }];
  });
}

/** Reads the target of a jump. Adds a fault and returns undefined if it is not valid. */
export function checkTarget(
  at: YamlNode | undefined,
  line: number,
  check: TemplateCheck,
): Target | undefined {
  const { faults } = check;
  if (at === undefined) {
    faults.push({ line, key: 'templates.missing-key', params: { key: 'go', what: 'then' } });
    return undefined;
  }
  if (at.is === 'scalar') {
    const key = at.source;
    check.jumps.push({ key, line: at.line, after: check.steps.length });
    return { is: 'step', key: key.slice(key.indexOf('/') + 1) };
  }
  const schema = openSchemaReader(at, 'go', ['open', 'end'], faults);
  if (schema === undefined) return undefined;
  if (schema.has('open') && schema.has('end')) {
    faults.push({
      line: at.line,
      key: 'templates.wrong-type',
      params: { key: 'go', expected: 'open / end', what: 'then' },
    });
    return undefined;
  }
  const template = schema.text('open');
  if (template !== undefined) {
    if (check.sequence(template) === undefined)
      faults.push({
        line: at.line,
        key: 'templates.no-sequence',
        params: { name: template, known: check.names.sequences.join(', ') },
      });
    return { is: 'open', template };
  }
  const end = schema.needText('end');
  const how = ends.find(known => known === end);
  if (how === undefined)
    faults.push({ line: at.line, key: 'templates.unknown-end', params: { end, known: ends.join(', ') } });
  return how === undefined ? undefined : { is: 'end', how };
}
