import random,sys,json
out,run=sys.argv[1],int(sys.argv[2])
words="alpha beta gamma delta kappa sigma omega theta parse sort hash index flush merge".split()
base=random.Random(7); r=random.Random(100+run)
with open(f"{out}/junit-{run}.xml","w") as f:
    f.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
    for s in range(1000):
        pkg="org.example.%s.%s%d"%(base.choice(words),base.choice(words).title(),s)
        f.write(f'<testsuite name="{pkg}Test" tests="100">\n')
        for c in range(100):
            b=base.lognormvariate(-3,1.2)
            n=f"{base.choice(words)}{base.choice(words).title()}{c}"
            if c==99: n+=f"_run{run}" if s%100==0 else ""
            f.write(f'<testcase classname="{pkg}Test" name="{n}" time="{b*r.lognormvariate(0,.03):.3f}"/>\n')
        f.write('</testsuite>\n')
    f.write('</testsuites>\n')
base=random.Random(8)
bs=[]
for i in range(30000):
    n="BM_%s%s/%d/%d"%(base.choice(words).title(),base.choice(words).title(),i//100,2**(i%20))
    b=base.lognormvariate(8,2)
    if i%1000==0: n+=f"/run{run}"
    t=b*r.lognormvariate(0,.02)
    bs.append(dict(name=n,family_index=i//100,per_family_instance_index=i%100,run_name=n,run_type="iteration",repetitions=1,repetition_index=0,threads=1,iterations=int(1e9/t)+1,real_time=t,cpu_time=t*r.lognormvariate(-.01,.003),time_unit="ns",items_per_second=1e9/t*16))
json.dump(dict(context=dict(date="2026-11-30T12:00:0%d+00:00"%run,host_name="h",executable="./b",num_cpus=2,mhz_per_cpu=2000,cpu_scaling_enabled=False,caches=[],load_avg=[1,1,1],library_build_type="release"),benchmarks=bs),open(f"{out}/google-{run}.json","w"),indent=1)
