import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';

/** What the CDK validates templates with: https://github.com/aws-cloudformation/cloudformation-validate. */
export interface Validator {
  readonly CompositeEngine: new (config: unknown) => {
    validateTemplate(template: unknown, options: unknown): unknown;
  };
  readonly TemplateContent: new (content: string, name: string) => unknown;
  version(): string;
}

const CDK = path.dirname(require.resolve('aws-cdk-lib'));
const RULES = path.join(CDK, 'core', 'lib', 'validation', 'rules');

let loaded: Validator | undefined;
let engine: InstanceType<Validator['CompositeEngine']> | undefined;

/** Loaded when a test first needs it: the oldest CDK that package.json allows has no validator. */
function validator(): Validator {
  loaded ??= createRequire(path.join(CDK, 'index.js'))('@aws/cloudformation-validate') as Validator;
  return loaded;
}

/** The names of the CDK's own rules; none with a CDK that has no validator. */
export const RULE_NAMES = ruleNames();

function ruleNames(): readonly string[] {
  if (!fs.existsSync(RULES)) {
    return [];
  }
  const index = fs.readFileSync(path.join(RULES, 'index.generated.json'), 'utf8');
  const { rules } = JSON.parse(index) as {
    readonly rules: readonly { readonly file: string }[];
  };
  return rules.map(({ file }) => file);
}

/**
 * Validates a template by all rules of the CDK, and returns the report as JSON. A new engine takes a second, and the CDK makes one for each
 * app with types of resources that the last one did not have; this one serves all tests of a process.
 */
export function validateTemplate(content: string, name: string, options: string): string {
  engine ??= new (validator().CompositeEngine)({
    regoRules: RULE_NAMES.map((file) => ({
      name: file,
      content: fs.readFileSync(path.join(RULES, file), 'utf8'),
    })),
  });
  const template = new (validator().TemplateContent)(content, name);
  return JSON.stringify(engine.validateTemplate(template, JSON.parse(options)));
}

export const version = (): string => validator().version();
