import os,tempfile,subprocess,resource,time,shutil,sys,statistics
# side-by-side.py BEFORE AFTER ROUNDS REPOSITORY: two launchers in turns; REPOSITORY is ingested
V={'before':sys.argv[1],'after':sys.argv[2]}
R=int(sys.argv[3]); BIG=sys.argv[4]
base=tempfile.mkdtemp()
def env(home):
    e={k:v for k,v in os.environ.items() if not k.startswith('XDG') and not k.startswith('NIGHTJAR')}; e['HOME']=home; e['NIGHTJAR_STORE_IDLE_MINUTES']='5'; return e
def timed(cmd,home,cwd):
    a=resource.getrusage(resource.RUSAGE_CHILDREN); t=time.time()
    p=subprocess.run(cmd,cwd=cwd,env=env(home),stdout=subprocess.PIPE,stderr=subprocess.STDOUT,text=True)
    w=time.time()-t; b=resource.getrusage(resource.RUSAGE_CHILDREN)
    if p.returncode not in (0,): print('rc',p.returncode,cmd,p.stdout[-600:]); sys.exit(1)
    return w,(b.ru_utime+b.ru_stime)-(a.ru_utime+a.ru_stime)
def git(cwd,*a): subprocess.run(['git','-c','user.name=A','-c','user.email=a@example.org',*a],cwd=cwd,check=True,stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
def project(path):
    os.makedirs(path); git(path,'init','-q','-b','main','.')
    for i in range(3): open(path+'/f','w').write(str(i)); git(path,'add','f'); git(path,'commit','-q','-m',str(i))
    open(path+'/nightjar.yaml','w').write("suites: []\nbenchmarks: [{name: quick, command: 'true', warmups: 1, repetitions: 10}]\npublish: site/\n")
    return path
res={}
def add(k,v,x): res.setdefault(k,{}).setdefault(v,[]).append(x)
order=['before','after']
homes={}
for r in range(R):
    for v in (order if r%2==0 else order[::-1]):
        h=f'{base}/home-{v}-{r}'; os.makedirs(h); p=project(f'{base}/p-{v}-{r}')
        add('first run',v,timed([V[v],'run'],h,p)); 
        add('second run',v,timed([V[v],'run'],h,p))
        subprocess.run(['git','clone','-q',BIG,f'{base}/big-{v}-{r}'],check=True)
        open(f'{base}/big-{v}-{r}/nightjar.yaml','w').write('suites: []\n')
        add('ingest',v,timed([V[v],'ingest','--repo',f'{base}/big-{v}-{r}'],h,f'{base}/big-{v}-{r}'))
        for i in range(2): add('publish',v,timed([V[v],'publish'],h,p))
        if r<R-1: subprocess.run([V[v],'db','stop'],env=env(h),stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL); shutil.rmtree(h)
        else: homes[v]=(h,p)
for i in range(70):
    for v in (order if i%2==0 else order[::-1]):
        add('--help',v,timed([V[v],'--help'],*homes[v]))
for v in order: subprocess.run([V[v],'db','stop'],env=env(homes[v][0]),stdout=subprocess.DEVNULL,stderr=subprocess.DEVNULL)
for k in res:
    for i,n in ((0,'wall'),(1,'CPU')):
        m={v:statistics.median(x[i] for x in res[k][v]) for v in order}; lo={v:min(x[i] for x in res[k][v]) for v in order}
        print(f"{k:12s} {n:4s} before {m['before']:.2f} s (least {lo['before']:.2f}), after {m['after']:.2f} s (least {lo['after']:.2f}), ratio {m['after']/m['before']:.3f} (least {lo['after']/lo['before']:.3f}), n {len(res[k]['after'])}")
shutil.rmtree(base)
