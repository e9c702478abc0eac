import { abiOf, abiOfBinary, nodeOfAbi } from '../../lib/bundling/binary-abi';
import { elfFile } from '../support/elf';
import { path, tempFolder } from '../support/synth';

function abi(content: Uint8Array): number | undefined {
  return abiOfBinary(path.join(tempFolder({ 'a.node': content }), 'a.node'));
}

test.each<[string, Uint8Array, number | undefined]>([
  [
    'is read from the name of its initializer',
    elfFile({ defines: ['node_register_module_v115'] }),
    115,
  ],
  ['is read from the structure that it registers', elfFile({ moduleVersion: 127 }), 127],
  ['is absent for Node-API', elfFile({ defines: ['napi_register_module_v1'] }), undefined],
  [
    'is absent if the binary registers itself with Node-API',
    elfFile({ imports: ['napi_module_register'], moduleVersion: 127 }),
    undefined,
  ],
  ['is absent for an implausible number', elfFile({ moduleVersion: 1 }), undefined],
  [
    'is not read from the names of its imports',
    elfFile({ imports: ['node_register_module_v115'] }),
    undefined,
  ],
  ['is absent for a truncated file', elfFile({ moduleVersion: 127 }).subarray(0, 200), undefined],
])('the NODE_MODULE_VERSION of a binary %s', (_, content, expected) => {
  expect(abi(content)).toBe(expected);
});

test('the runtimes’ versions', () => {
  expect(['20', '22', '24', '99'].map((it) => abiOf(it))).toEqual([115, 127, 137, undefined]);
  expect(nodeOfAbi(115)).toBe('20');
  expect(nodeOfAbi(1)).toBeUndefined();
});
