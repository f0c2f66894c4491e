"""What the domain's 42 vignettes say: language, topics and outcome of each."""

_TOLD = """
V01 nl answered REK-01 REK-03
V02 en answered WNT-03 BRF-01
V03 pap handed_over ACH-03 BRF-01
V04 ar handed_over ACH-03
V05 es answered REK-03
V06 tr referred ISO-03 SUB-03 OVR-02
V07 nl partly WNT-01 OPW-03
V08 nl not_answered WNT-01 OVR-03
V09 srn answered WNT-06
V10 en answered WNT-06
V11 nl handed_over WNT-06
V12 nl referred WNT-05 WNT-04
V13 nl referred WNT-05
V14 nl referred WNT-05
V15 fr answered ACH-02
V16 pt referred ISO-06 HUR-01
V17 nl referred ISO-01 SUB-06
V18 tw answered BES-01
V19 en answered REK-10 REK-05
V20 ur referred HUR-05 SUB-04 WNT-02
V21 nl not_answered WNT-01 OVR-03
V22 en referred WNT-08 WNT-07
V23 nl partly WNT-07
V24 hns answered ISO-07
V25 nl answered OPW-02
V26 zh-Hans answered OPW-04 REK-10
V27 ti answered REK-02
V28 am handed_over REK-02 ACH-03
V29 nl answered REK-06
V30 so referred REK-01 BES-01 BES-02
V31 nl answered REK-09 HUR-04
V32 en referred REK-09 HUR-04
V33 pl answered REK-07 BRF-01
V34 nl partly SUB-02 SUB-01
V35 nl call_back SUB-01
V36 en referred SUB-01 BRF-04
V37 es call_back SUB-01
V38 nl answered WNT-09
V39 nl referred HUR-02 WNT-02
V40 tr partly HUR-02 WNT-02 OVR-03
V41 ar answered WNT-02 BRF-01
V42 nl referred ISO-04 SUB-03 SUB-05
"""

TOLD = {
    number: (language, " ".join(topics), outcome)
    for number, language, outcome, *topics in (line.split() for line in _TOLD.split("\n") if line)
}
