import { App, CfnOutput, DefaultStackSynthesizer, Stack } from 'aws-cdk-lib';
import { templateBytes, TemplateContent } from '../../lib/synthesis/template-bytes';
import { fs, path, quickCdkApp } from '../support/synth';

const CONTENT: TemplateContent = { resources: 0, environmentCharacters: 0, policyCharacters: 0 };
const LARGE: TemplateContent = { ...CONTENT, policyCharacters: 1_000_000 };

function stackWith(context: Record<string, unknown> = {}): Stack {
  // Without what the synthesizer adds at the end, some hundred bytes.
  const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
  const stack = new Stack(quickCdkApp({ context }), 'Test', { synthesizer });
  new CfnOutput(stack, 'Zażółć', { value: 'gęślą' });
  return stack;
}

/** The size of the template that the CDK writes. */
function written(stack: Stack): number {
  const assembly = (stack.node.root as App).synth();
  return fs.statSync(path.join(assembly.directory, stack.templateFile)).size;
}

test.each<[string, Record<string, unknown>]>([
  ['with indentation', {}],
  ['without it', { '@aws-cdk/core:suppressTemplateIndentation': true }],
  ['with it, where that is said', { '@aws-cdk/core:suppressTemplateIndentation': false }],
])('the size is that of the file that the CDK writes, %s', (_name, context) => {
  expect(templateBytes(stackWith(context), LARGE)).toBe(written(stackWith(context)));
});

test.each<[string, Partial<TemplateContent>, boolean]>([
  ['nothing', {}, false],
  ['policies just below 1 MB', { policyCharacters: 999_999 }, false],
  ['policies of 1 MB', { policyCharacters: 1_000_000 }, true],
  ['500 resources', { resources: 500 }, false],
  ['1,428 resources', { resources: 1428 }, false],
  ['1,429 resources', { resources: 1429 }, true],
  ['environments of a byte less', { environmentCharacters: 999_999 }, false],
  ['environments of 1 MB', { environmentCharacters: 1_000_000 }, true],
  [
    'half of each',
    { resources: 500, environmentCharacters: 350_000, policyCharacters: 300_000 },
    true,
  ],
  [
    'less of each',
    { resources: 400, environmentCharacters: 350_000, policyCharacters: 300_000 },
    false,
  ],
])('whether measuring is worthwhile with %s: %p', (_name, content, measured) => {
  expect(templateBytes(stackWith(), { ...CONTENT, ...content }) !== undefined).toBe(measured);
});

test('is unknown if the CDK renders its templates in another way', () => {
  const stack = Object.create(stackWith(), { _toCloudFormation: { value: undefined } }) as Stack;

  expect(templateBytes(stack, LARGE)).toBeUndefined();
});
