import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { stableTemplate } from 'cdk-serverless-app/testing';
import { OrdersStack } from '../deploy/fixtures/testing/stack';
import { fs, os, path } from '../support/synth';

const FIXTURE = path.join(__dirname, '..', 'deploy', 'fixtures', 'testing');

/** The template of the app with another text in one of its handlers. */
function templateWith(text: string): Template {
  const handler = path.join(FIXTURE, 'src', 'run-job.ts');
  const before = fs.readFileSync(handler, 'utf8');
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'assembly-'));
  try {
    fs.writeFileSync(handler, before.replace('job $', `${text} $`));
    return Template.fromStack(new OrdersStack(new App({ outdir }), 'Orders'));
  } finally {
    fs.writeFileSync(handler, before);
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

test('a template without hashes stays the same when a handler changes', () => {
  const [one, two] = ['first', 'second'].map(templateWith);

  expect(one?.toJSON()).not.toEqual(two?.toJSON());
  expect(stableTemplate(one as Template)).toEqual(stableTemplate(two as Template));
  expect(stableTemplate(one as Template)).toHaveProperty('Resources');
});

test('a template without hashes differs where the infrastructure does', () => {
  const of = (Name: string): object => ({ Resources: { A: { Type: 'T', Properties: { Name } } } });

  expect(stableTemplate(of('a'))).not.toEqual(stableTemplate(of('b')));
});
