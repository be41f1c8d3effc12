// Unpacks Leaflet and the runtime (raw deflate, RFC 1951, in base 64) and runs each as an inline script: the policy knows it
// by its hash, so that a changed one does not run. At once and not by DecompressionStream, so that what follows finds it there.

function inflate(data) {
  const out = [];
  let at = 0,
    held = 0,
    have = 0;

  const bits = (count) => {
    while (have < count) {
      held |= data[at++] << have;
      have += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    have -= count;
    return value;
  };

  // Canonical Huffman codes: how many there are of each length, and what they mean, in order.
  const codes = (lengths) => {
    const counts = Array(16).fill(0),
      meanings = [];
    for (const length of lengths) counts[length] += 1;
    counts[0] = 0;
    for (let length = 1; length < 16; length += 1)
      lengths.forEach((one, meaning) => one === length && meanings.push(meaning));
    return { counts, meanings };
  };

  const read = ({ counts, meanings }) => {
    for (let length = 1, code = 0, first = 0, index = 0; length < 16; length += 1) {
      code |= bits(1);
      const count = counts[length];
      if (code - count < first) return meanings[index + code - first];
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error("The page is damaged");
  };

  // How long a copy is, and from how far back: a base and some bits for each symbol.
  const table = (first, bitsOf, count) => {
    let base = first;
    return Array.from({ length: count }, (_, i) => {
      const pair = [base, bitsOf(i)];
      base += 1 << pair[1];
      return pair;
    });
  };
  const copies = table(3, (i) => (i < 8 ? 0 : (i >> 2) - 1), 28).concat([[258, 0]]),
    backs = table(1, (i) => (i < 4 ? 0 : (i >> 1) - 1), 30);
  const more = ([base, count]) => base + bits(count);

  const fixed = () => [
    codes(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    codes(Array(30).fill(5)),
  ];

  const told = () => {
    const [literals, distances, count] = [bits(5) + 257, bits(5) + 1, bits(4) + 4],
      lengths = Array(19).fill(0);
    const order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
    for (let i = 0; i < count; i += 1) lengths[order[i]] = bits(3);
    const small = codes(lengths),
      all = [];
    while (all.length < literals + distances) {
      const symbol = read(small);
      if (symbol < 16) all.push(symbol);
      else {
        const value = symbol === 16 ? all.at(-1) : 0,
          again = [() => 3 + bits(2), () => 3 + bits(3), () => 11 + bits(7)][symbol - 16]();
        for (let i = 0; i < again; i += 1) all.push(value);
      }
    }
    return [codes(all.slice(0, literals)), codes(all.slice(literals))];
  };

  const block = ([literals, distances]) => {
    for (;;) {
      const symbol = read(literals);
      if (symbol === 256) return;
      if (symbol < 256) out.push(symbol);
      else {
        const length = more(copies[symbol - 257]),
          back = more(backs[read(distances)]);
        for (let i = 0; i < length; i += 1) out.push(out[out.length - back]);
      }
    }
  };

  const stored = () => {
    held = have = 0;
    const length = data[at] | (data[at + 1] << 8);
    out.push(...data.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  };

  for (let last = 0; !last;) {
    last = bits(1);
    const sort = bits(2);
    if (sort === 0) stored();
    else block(sort === 1 ? fixed() : told());
  }
  return new Uint8Array(out);
}

for (const packed of JSON.parse(document.getElementById("packed").textContent)) {
  const script = document.createElement("script");
  script.textContent = new TextDecoder().decode(inflate(Uint8Array.from(atob(packed), (c) => c.charCodeAt(0))));
  document.head.append(script);
}
