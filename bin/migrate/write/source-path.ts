export function pathFrom(root: string, file: string): string {
  const plain = file.replace(/^\.\//, '').replace(/\/$/, '');
  return root === '.' ? (plain === '' ? '.' : plain) : `${root}/${plain}`;
}
