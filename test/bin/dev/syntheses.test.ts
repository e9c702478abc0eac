import type { Cdk } from '../../../bin/dev/cdk';
import { CdkError } from '../../../bin/dev/cdk';
import { Syntheses } from '../../../bin/dev/syntheses';
import { fs, path, tempFolder } from '../../support/synth';

/** A CDK that synthesizes an empty app, or fails. */
function cdkThat(succeeds: () => boolean): Cdk {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    prepare: () => undefined,
    synth: (output) => {
      fs.mkdirSync(output, { recursive: true });
      fs.writeFileSync(path.join(output, 'manifest.json'), '{"version":"1","artifacts":{}}');
      return succeeds() ? Promise.resolve() : Promise.reject(new CdkError('Error: no'));
    },
    deploy: nothing,
    bootstrap: nothing,
    rest: nothing,
    stop: nothing,
  };
}

const synthesesIn = (folder: string): Syntheses =>
  new Syntheses({ project: folder, folder, onLeftOut: () => undefined });

test('the deployed assembly stays while later ones are synthesized but not deployed', async () => {
  const folder = tempFolder();
  const syntheses = synthesesIn(folder);
  const cdk = cdkThat(() => true);
  await syntheses.synthesize(cdk, true);
  const deployed = (syntheses.deployed = syntheses.assembly);
  await syntheses.synthesize(cdk, true);
  await syntheses.synthesize(cdk, true);
  await syntheses.synthesize(cdk, true);

  expect(fs.existsSync(path.join(deployed, 'manifest.json'))).toBe(true);
  expect(
    fs
      .readdirSync(folder)
      .map((name) => path.join(folder, name))
      .sort(),
  ).toEqual([deployed, syntheses.assembly].sort());
});

test('a synthesis that fails leaves the last assembly, and no folder', async () => {
  const folder = tempFolder();
  const syntheses = synthesesIn(folder);
  let succeeds = true;
  const cdk = cdkThat(() => succeeds);
  await syntheses.synthesize(cdk, true);
  const last = syntheses.assembly;
  succeeds = false;

  await expect(syntheses.synthesize(cdk, true)).rejects.toThrow();
  expect(syntheses.assembly).toBe(last);
  expect(fs.readdirSync(folder)).toEqual([path.basename(last)]);
});
