/** What a reader may choose about how a story looks and moves; `auto` follows the system. */
export type Theme = 'auto' | 'light' | 'dark';
export type Motion = 'auto' | 'full' | 'reduce';
