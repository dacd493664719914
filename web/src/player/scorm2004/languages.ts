// ISO 639-2 has codes for groups of languages and for libraries, which browsers do not know by name.
const others =
  "afa alg apa art ath aus bad bai bat ber bih bnt btk cai cau cel cmc cpe cpf cpp crp cus day dra fiu gem him ijo inc ine ira iro kar khi " +
  "kro map mis mkh mno mul mun myn nah nai nic nub oto paa phi pra roa sai sal sem sgn sio sit sla smi son ssa tai tup tut und wak wen ypk " +
  "znd zxx alb arm baq bur chi cze dut fre geo ger gre ice mac mao may per rum slo tib wel scc scr bh sh tl mo jw iw in ji";
const known = new Set(others.split(" "));
const names = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" });

/** A language tag of ISO 639 with optional subtags (RFC 1766), or a registered or private one (i-, x-). */
export function isLanguageTag(tag: string): boolean {
  const [primary = "", ...rest] = tag.toLowerCase().split("-");
  if (!rest.every((part) => /^[a-z0-9]{1,8}$/.test(part))) return false;
  if (primary === "i" || primary === "x") return rest.length > 0;
  return /^[a-z]{2,3}$/.test(primary) && (known.has(primary) || names.of(primary) !== undefined);
}
