export interface Span {
  readonly from: Date;
  readonly to: Date;
}
