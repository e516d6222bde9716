/** Messages for one office as a file, each signed and encrypted as over the network. */
export interface PostBag {
  readonly v: 1;
  readonly kind: 'post';
  readonly from: string;
  readonly to: string;
  readonly messages: readonly string[];
}

/** What the other office took of a bag, receipt by receipt, and what it refused: by the SHA-256 of the message, with the code. */
export interface CourierReceipts {
  readonly v: 1;
  readonly kind: 'receipts';
  readonly from: string;
  readonly to: string;
  readonly receipts: readonly string[];
  readonly refused: readonly { readonly message: string; readonly code: string }[];
}

/** How many messages are now known to have been taken. */
export interface CourierTaken {
  readonly noted: number;
  readonly refused: CourierReceipts['refused'];
}
