import time, random
from sameboat.study.exchange.tests.test_in_and_out import *
from sameboat.study.exchange.shapes import *
from sameboat.study.exchange import tables_out
from sameboat.study.report.writers import *
import uuid
def g(): return str(uuid.uuid4())
def test_speed(elsewhere):
    W="we ate together and somebody told a story about the kettle that never boils while the rain came down".split()
    p=Project("Big"); p.users=[User(g(),"Rosa")]; p.codes=[Code(g(),f"code {i}") for i in range(300)]
    for d in range(20):
        text="\n".join(("Ana: " if i%2 else "Ben: ")+' '.join(random.choice(W) for _ in range(60)) for i in range(167))
        s=Source(g(),f"Interview {d}",text,user=p.users[0].guid)
        for k in range(500):
            a=random.randrange(len(text)-200); s.selections.append(Selection(g(),a,a+150,codings=[Coding(g(),random.choice(p.codes).guid,p.users[0].guid,NOW)]))
        p.sources.append(s); p.cases.append(Case(g(),f"A{d}",sources=[s.guid]))
    t=time.time(); b=write_project(p); print('write',time.time()-t, len(b))
    t=time.time(); q,a=read_refi('x.qdpx',b); print('read',time.time()-t)
    t=time.time(); absorb(elsewhere,q,a,'x.qdpx',now=NOW); print('absorb 200k words 10k spans',time.time()-t)
    t=time.time(); o=project_of(elsewhere); print('gather',time.time()-t)
    t=time.time(); write_project(o[0]); print('write',time.time()-t)
    t=time.time(); write_csv(tables_out.extracts_sheet(elsewhere)); print('csv 10k',time.time()-t)
    t=time.time(); write_xlsx([tables_out.extracts_sheet(elsewhere)]); print('xlsx 10k',time.time()-t)
    t=time.time(); write_docx(tables_out.extracts_report(elsewhere)); print('docx 10k',time.time()-t)
    from sameboat.study.exchange import backup
    t=time.time(); bb=backup.write_backup(elsewhere.study); print('backup',time.time()-t,len(bb))
    t=time.time(); backup.restore(elsewhere.researcher,'x.boat',bb,now=NOW); print('restore',time.time()-t)
