import { KeptDeployment } from '../../../bin/dev/kept-deployment';
import { fs, path, tempFolder } from '../../support/synth';

const KEPT = {
  digest: 'd',
  environment: { account: '000000000000', region: 'eu-west-1', qualifier: 'hnb659fds' },
  assembly: '/a',
  inputs: 'i',
};

test('what is written is read, and leaves no other file', () => {
  const folder = tempFolder();
  const kept = new KeptDeployment(path.join(folder, 'deployed.json'));
  kept.write(KEPT);

  expect(kept.read()).toEqual(KEPT);
  expect(kept.isBootstrapped(KEPT.environment)).toBe(true);
  expect(fs.readdirSync(folder)).toEqual(['deployed.json']);
});

test.each(['', '{"digest":"d"', '[]', 'null', '{"digest":1}', '{"digest":"d","environment":7}'])(
  'the damaged file %j counts as nothing deployed',
  (text) => {
    const file = path.join(tempFolder({ 'deployed.json': text }), 'deployed.json');
    const kept = new KeptDeployment(file);

    expect(kept.read()).toBeUndefined();
    expect(kept.digest).toBeUndefined();
  },
);
