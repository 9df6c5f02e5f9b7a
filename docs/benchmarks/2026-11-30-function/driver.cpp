// Formats what programs log: numbers, texts, addresses, in several widths.
#include <fmt/format.h>
#include <cstdio>
#include <cstdint>
#include <string>

int main() {
  std::uint64_t state = 88172645463325252ull;
  std::size_t length = 0;
  for (int i = 0; i < 15000; i++) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    fmt::memory_buffer out;
    fmt::format_to(std::back_inserter(out), "{} {:>12} {:08x} {:s} ", i, state % 100000, state,
                   std::string("name"));
    fmt::format_to(std::back_inserter(out), "{:.6f} {:g} {} {:+.3e}", double(state % 1000003) / 7,
                   double(state) * 1e-9, double(state >> 11), double(state % 977) / 3);
    length += out.size();
  }
  std::printf("%zu\n", length);
}
