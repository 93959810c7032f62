/** Orders for the examples of the systems that handle orders. */
export const chairsAndDesk = {
  orderId: "o-1001",
  customer: { email: "ada@example.com" },
  items: [
    { sku: "chair", quantity: 4, unitPrice: 49.9 },
    { sku: "desk", quantity: 1, unitPrice: 310 },
  ],
};

/** Exceeds the limit of a payment, and the stock. */
export const allLamps = {
  orderId: "o-1002",
  customer: { email: "grace@example.com" },
  items: [{ sku: "lamp", quantity: 5000, unitPrice: 24.5 }],
};

/** Not a valid order. */
export const nonsense = { orderId: "o-1003", items: "many" };
