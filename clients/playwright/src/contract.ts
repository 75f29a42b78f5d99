export type PaymentMethod = "kuroneko_smartphone" | "kuroneko_payslip" | "card" | "cvs" | "cod" | "bank_transfer";
export type Slug = string;
export type Contract = Record<string, unknown>;
