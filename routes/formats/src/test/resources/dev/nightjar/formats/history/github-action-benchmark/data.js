window.BENCHMARK_DATA = {
  "lastUpdate": 1795864176062,
  "repoUrl": "https://example.org/example/stream",
  "entries": {
    "Go Benchmark": [
      {
        "commit": {
          "id": "209873c090f37797267512b2797e8fcaed76b8f0",
          "message": "change 1",
          "timestamp": "2026-11-28T11:09:32+00:00",
          "url": "https://example.org/commit/209873c090f37797267512b2797e8fcaed76b8f0",
          "author": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "committer": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "distinct": true,
          "tree_id": "f27c6ae26adb8396d3861976ba268f87ad8afa0b"
        },
        "date": 1795864173149,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFill",
            "value": 9743,
            "unit": "ns/op\t 420.40 MB/s\t    4096 B/op\t       1 allocs/op",
            "extra": "2268 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - ns/op",
            "value": 9743,
            "unit": "ns/op",
            "extra": "2268 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - MB/s",
            "value": 420.4,
            "unit": "MB/s",
            "extra": "2268 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - B/op",
            "value": 4096,
            "unit": "B/op",
            "extra": "2268 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - allocs/op",
            "value": 1,
            "unit": "allocs/op",
            "extra": "2268 times\n2 procs"
          },
          {
            "name": "BenchmarkSum",
            "value": 1200,
            "unit": "ns/op",
            "extra": "17784 times\n2 procs"
          }
        ]
      },
      {
        "commit": {
          "id": "d6eff9e4437b5f3262e23a305145972666a23284",
          "message": "change 2",
          "timestamp": "2026-11-28T11:09:33+00:00",
          "url": "https://example.org/commit/d6eff9e4437b5f3262e23a305145972666a23284",
          "author": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "committer": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "distinct": true,
          "tree_id": "d9cc608eedd5d2cc63c262272b7a0f6ab6aed5dd"
        },
        "date": 1795864174665,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFill",
            "value": 20153,
            "unit": "ns/op\t 203.24 MB/s\t    4096 B/op\t       1 allocs/op",
            "extra": "2372 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - ns/op",
            "value": 20153,
            "unit": "ns/op",
            "extra": "2372 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - MB/s",
            "value": 203.24,
            "unit": "MB/s",
            "extra": "2372 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - B/op",
            "value": 4096,
            "unit": "B/op",
            "extra": "2372 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - allocs/op",
            "value": 1,
            "unit": "allocs/op",
            "extra": "2372 times\n2 procs"
          },
          {
            "name": "BenchmarkSum",
            "value": 2660,
            "unit": "ns/op",
            "extra": "14368 times\n2 procs"
          }
        ]
      },
      {
        "commit": {
          "id": "5b9464be4f50ecd3d7a0dbca7ab84e5d104d1282",
          "message": "change 3",
          "timestamp": "2026-11-28T11:09:35+00:00",
          "url": "https://example.org/commit/5b9464be4f50ecd3d7a0dbca7ab84e5d104d1282",
          "author": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "committer": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "distinct": true,
          "tree_id": "aff6316148f1524977997c486bcfe624c9094c4e"
        },
        "date": 1795864175743,
        "tool": "go",
        "benches": [
          {
            "name": "BenchmarkFill",
            "value": 10558,
            "unit": "ns/op\t 387.96 MB/s\t    4096 B/op\t       1 allocs/op",
            "extra": "2163 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - ns/op",
            "value": 10558,
            "unit": "ns/op",
            "extra": "2163 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - MB/s",
            "value": 387.96,
            "unit": "MB/s",
            "extra": "2163 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - B/op",
            "value": 4096,
            "unit": "B/op",
            "extra": "2163 times\n2 procs"
          },
          {
            "name": "BenchmarkFill - allocs/op",
            "value": 1,
            "unit": "allocs/op",
            "extra": "2163 times\n2 procs"
          },
          {
            "name": "BenchmarkSum",
            "value": 2989,
            "unit": "ns/op",
            "extra": "10000 times\n2 procs"
          }
        ]
      }
    ],
    "C++": [
      {
        "commit": {
          "id": "209873c090f37797267512b2797e8fcaed76b8f0",
          "message": "change 1",
          "timestamp": "2026-11-28T11:09:32+00:00",
          "url": "https://example.org/commit/209873c090f37797267512b2797e8fcaed76b8f0",
          "author": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "committer": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "distinct": true,
          "tree_id": "f27c6ae26adb8396d3861976ba268f87ad8afa0b"
        },
        "date": 1795864173564,
        "tool": "googlecpp",
        "benches": [
          {
            "name": "BM_Fill/1024/min_time:0.020",
            "value": 662.6181123837252,
            "unit": "ns/iter",
            "extra": "iterations: 49491\ncpu: 573.9935947950133 ns\nthreads: 1"
          },
          {
            "name": "BM_Fill/65536/min_time:0.020",
            "value": 53940.48837217871,
            "unit": "ns/iter",
            "extra": "iterations: 774\ncpu: 37206.9534883721 ns\nthreads: 1"
          },
          {
            "name": "BM_Skip",
            "value": 0,
            "unit": "ns/iter",
            "extra": "iterations: 1\ncpu: 0 ns\nthreads: 1"
          }
        ]
      },
      {
        "commit": {
          "id": "d6eff9e4437b5f3262e23a305145972666a23284",
          "message": "change 2",
          "timestamp": "2026-11-28T11:09:33+00:00",
          "url": "https://example.org/commit/d6eff9e4437b5f3262e23a305145972666a23284",
          "author": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "committer": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "distinct": true,
          "tree_id": "d9cc608eedd5d2cc63c262272b7a0f6ab6aed5dd"
        },
        "date": 1795864175001,
        "tool": "googlecpp",
        "benches": [
          {
            "name": "BM_Fill/1024/min_time:0.020",
            "value": 914.6274339920815,
            "unit": "ns/iter",
            "extra": "iterations: 48480\ncpu: 590.4603754125413 ns\nthreads: 1"
          },
          {
            "name": "BM_Fill/65536/min_time:0.020",
            "value": 69785.64809787342,
            "unit": "ns/iter",
            "extra": "iterations: 736\ncpu: 42307.067934782615 ns\nthreads: 1"
          },
          {
            "name": "BM_Skip",
            "value": 0,
            "unit": "ns/iter",
            "extra": "iterations: 1\ncpu: 0 ns\nthreads: 1"
          }
        ]
      },
      {
        "commit": {
          "id": "5b9464be4f50ecd3d7a0dbca7ab84e5d104d1282",
          "message": "change 3",
          "timestamp": "2026-11-28T11:09:35+00:00",
          "url": "https://example.org/commit/5b9464be4f50ecd3d7a0dbca7ab84e5d104d1282",
          "author": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "committer": {
            "name": "Ada",
            "email": "ada@example.org",
            "username": "ada"
          },
          "distinct": true,
          "tree_id": "aff6316148f1524977997c486bcfe624c9094c4e"
        },
        "date": 1795864176044,
        "tool": "googlecpp",
        "benches": [
          {
            "name": "BM_Fill/1024/min_time:0.020",
            "value": 714.9381685364531,
            "unit": "ns/iter",
            "extra": "iterations: 49829\ncpu: 574.8189207088242 ns\nthreads: 1"
          },
          {
            "name": "BM_Fill/65536/min_time:0.020",
            "value": 49103.965071165745,
            "unit": "ns/iter",
            "extra": "iterations: 773\ncpu: 35886.54333764554 ns\nthreads: 1"
          },
          {
            "name": "BM_Skip",
            "value": 0,
            "unit": "ns/iter",
            "extra": "iterations: 1\ncpu: 0 ns\nthreads: 1"
          }
        ]
      }
    ]
  }
}